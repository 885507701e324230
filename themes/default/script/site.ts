// site.js, for every page: a classic deferred script that adds to HTML which is complete
// without it. No request to anywhere, so that pages work from a file share.

import { ages } from "./ages";
import { cards } from "./cards";
import { copyLinks } from "./copy";
import { find } from "./find";
import { opened } from "./opened";
import { periods } from "./period";
import { tree } from "./tree";
import { start } from "./view";

cards();
periods();
tree();
opened();
find();
ages();
copyLinks();
start();
