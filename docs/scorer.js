// What readers search for is a page that tells them how, or why, before the name of a function.
var Scorer = {
  score: ([docname, , , , score]) =>
    score + (/(^|\/)(how-to|explanation|tutorial|install)(\/|$)/.test(docname) ? 12 : 0),
  objNameMatch: 6,
  objPartialMatch: 3,
  objPrio: { 0: 4, 1: 2, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 10,
  term: 5,
  partialTerm: 2,
};
