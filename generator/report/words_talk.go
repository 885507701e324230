package report

// The words of conversations.
const (
	wNavTalk           Word = "site.conversations"
	wOpen              Word = "talk.open"
	wGranted           Word = "talk.granted"
	wDeclined          Word = "talk.declined"
	wWithdrawn         Word = "talk.withdrawn"
	wTalk              Word = "talk.title"
	wTalkAdd           Word = "talk.add"
	wTalkEmpty         Word = "talk.empty"
	wTalkEmptyService  Word = "talk.empty_service"
	wTalkBelow         Word = "talk.below"
	wTalkMore          Word = "talk.more"
	wAsksHere          Word = "talk.asks_here"
	wAsksMade          Word = "talk.asks_made"
	wAsksAnswered      Word = "talk.asks_answered"
	wProvides          Word = "talk.provides"
	wDecisions         Word = "talk.decisions"
	wTradeoffs         Word = "talk.tradeoffs"
	wAskWaits          Word = "talk.ask_waits"
	wAskAnswered       Word = "talk.ask_answered"
	wAskAnsweredOn     Word = "talk.ask_answered_on"
	wAnswer            Word = "talk.answer"
	wAgainst           Word = "talk.against"
	wAnswerIt          Word = "talk.answer_it"
	wLookAgain         Word = "talk.look_again"
	wGrantedTo         Word = "talk.granted_to"
	wProvided          Word = "talk.provided"
	wDecided           Word = "talk.decided"
	wDecidedOf         Word = "talk.decided_of"
	wFix               Word = "talk.fix"
	wFund              Word = "talk.fund"
	wRelax             Word = "talk.relax"
	wTighten           Word = "talk.tighten"
	wAccept            Word = "talk.accept"
	wPauseReleases     Word = "talk.pause_releases"
	wSince             Word = "talk.since"
	wLastDay           Word = "talk.until"
	wEndedOn           Word = "talk.ended"
	wLookBy            Word = "talk.look_by"
	wLookDue           Word = "talk.look_due"
	wTalkLead          Word = "talk.lead"
	wTalkNone          Word = "talk.none"
	wTalkWaiting       Word = "talk.waiting"
	wTalkWaitingLead   Word = "talk.waiting_lead"
	wTalkDue           Word = "talk.due"
	wTalkDueLead       Word = "talk.due_lead"
	wTalkDecisionsLead Word = "talk.decisions_lead"
	wTalkTradeoffsLead Word = "talk.tradeoffs_lead"
	wTalkProvides      Word = "talk.all_provides"
	wTalkProvidesLead  Word = "talk.all_provides_lead"
	wTalkAnswered      Word = "talk.answered"
	wTalkAnsweredLead  Word = "talk.answered_lead"
	wTalkFrom          Word = "talk.from"
	wTalkAsk           Word = "talk.ask"
	wTalkSince         Word = "talk.asked_on"
	wTalkDays          Word = "talk.days"
	wTalkTo            Word = "talk.to"
	wTalkTo2           Word = "talk.asked_of"
	wTalkWhat          Word = "talk.what"
	wTalkAt            Word = "talk.at"
	wTalkUntil         Word = "talk.until_day"
	wTalkAbout         Word = "talk.about"
	wTalkOf            Word = "talk.of"
	wTalkChoice        Word = "talk.choice"
	wTalkWhy           Word = "talk.why"
	wTalkBy            Word = "talk.by_role"
	wTalkAgain         Word = "talk.again"
	wTalkAmount        Word = "talk.amount"
	wTalkGranted       Word = "talk.granted_for"
	wTalkAnswer        Word = "talk.answer_head"
	wTalkOn            Word = "talk.on"
	wTalkOfWords       Word = "talk.of_words"
	wCrackDecision     Word = "cracks.decision"
	wCrackDecisionWhy  Word = "cracks.decision_why"
	wCrackAsk          Word = "cracks.ask"
	wCrackAskWhy       Word = "cracks.ask_why"
	wCrackWords        Word = "cracks.words"
	wCrackWordsWhy     Word = "cracks.words_why"
)

// talkWords are their rows of the table of words.
var talkWords = []wordSpec{
	{wNavTalk, nil},
	{wOpen, nil},
	{wGranted, nil},
	{wDeclined, nil},
	{wWithdrawn, nil},
	{wTalk, nil},
	{wTalkAdd, []string{"file"}},
	{wTalkEmpty, []string{"file"}},
	{wTalkEmptyService, []string{"file"}},
	{wTalkBelow, []string{"n", "page"}},
	{wTalkMore, []string{"n", "page"}},
	{wAsksHere, nil},
	{wAsksMade, nil},
	{wAsksAnswered, nil},
	{wProvides, nil},
	{wDecisions, nil},
	{wTradeoffs, nil},
	{wAskWaits, []string{"n", "from", "to", "since"}},
	{wAskAnswered, []string{"from", "to", "status"}},
	{wAskAnsweredOn, []string{"from", "to", "status", "day"}},
	{wAnswer, []string{"text"}},
	{wAgainst, []string{"what"}},
	{wAnswerIt, []string{"file"}},
	{wLookAgain, []string{"file"}},
	{wGrantedTo, []string{"from", "text"}},
	{wProvided, []string{"what", "amount"}},
	{wDecided, []string{"choice", "about"}},
	{wDecidedOf, []string{"choice", "about", "subject"}},
	{wFix, nil},
	{wFund, nil},
	{wRelax, nil},
	{wTighten, nil},
	{wAccept, nil},
	{wPauseReleases, nil},
	{wSince, []string{"day"}},
	{wLastDay, []string{"day"}},
	{wEndedOn, []string{"day"}},
	{wLookBy, []string{"day"}},
	{wLookDue, []string{"day"}},
	{wTalkLead, nil},
	{wTalkNone, []string{"guide"}},
	{wTalkWaiting, nil},
	{wTalkWaitingLead, nil},
	{wTalkDue, nil},
	{wTalkDueLead, nil},
	{wTalkDecisionsLead, nil},
	{wTalkTradeoffsLead, nil},
	{wTalkProvides, nil},
	{wTalkProvidesLead, nil},
	{wTalkAnswered, nil},
	{wTalkAnsweredLead, nil},
	{wTalkFrom, nil},
	{wTalkAsk, nil},
	{wTalkSince, nil},
	{wTalkDays, nil},
	{wTalkTo, []string{"to"}},
	{wTalkTo2, nil},
	{wTalkWhat, nil},
	{wTalkAt, nil},
	{wTalkUntil, nil},
	{wTalkAbout, nil},
	{wTalkOf, nil},
	{wTalkChoice, nil},
	{wTalkWhy, nil},
	{wTalkBy, nil},
	{wTalkAgain, nil},
	{wTalkAmount, nil},
	{wTalkGranted, nil},
	{wTalkAnswer, nil},
	{wTalkOn, nil},
	{wTalkOfWords, []string{"what", "of"}},
	{wCrackDecision, nil},
	{wCrackDecisionWhy, nil},
	{wCrackAsk, nil},
	{wCrackAskWhy, nil},
	{wCrackWords, nil},
	{wCrackWordsWhy, nil},
}
