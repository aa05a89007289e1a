"""The whole job of a portfolio, by klantkompas and by its peers; results are compared before times.

The job: the measures that six success factors need, the factors, the classes, the Pareto ranking,
the Net Promoter Score per customer and by group, and peak and end, by the definitions that the page
"What is counted, and how" gives. Orders are single lines here, and every interaction has an id.

    python -m portfolio_job --n 1e6                     every task but the ways in
    python -m portfolio_job --n 1e6 --ids text          the same with ids that are text
    python -m portfolio_job --n 1e6 --task csv          one task; `--help` names them
    python -m portfolio_job --n 1e6 --ours-src OTHER/src   an older klantkompas beside this one
"""
