"""What becomes of every award of a document (去向): how long it holds, what bars it, what is paid once, who pays."""

from __future__ import annotations

from duixian.cli.rule_words import condition_words, decided_words, name_words
from duixian.cli.screen import Screen
from duixian.rules.policy import Policy, ShareRule


def show_settlement(screen: Screen, policy: Policy) -> None:
    """Show the rules of the whole document, each with its clause."""
    screen.say("show.settlement", style="bold", document=policy.number)
    validity = policy.validity
    screen.say(
        "show.validity",
        clause=validity.clause,
        first=decided_words(screen, validity.first_day, str),
        last=decided_words(screen, validity.last_day, str),
    )
    for bar in policy.exclusions:
        exempt = decided_words(screen, bar.exempt, lambda rows: "、".join(sorted(rows)) or screen.words("show.none"))
        condition = condition_words(bar.condition.text)
        screen.say("show.exclusion", clause=bar.clause, name=bar.name, condition=condition, exempt=exempt)
    if policy.cumulation:
        rule = policy.cumulation
        screen.say(
            "show.cumulation",
            clause=rule.clause,
            matter=name_words(screen, rule.same_matter),
            reach=name_words(screen, rule.reach),
            paid=name_words(screen, rule.after_payment),
        )
    for share in policy.shares:
        screen.line(f"  {_share(screen, share)}")


def _share(screen: Screen, share: ShareRule) -> str:
    clauses = "、".join(sorted(share.clauses)) or screen.words("show.all-clauses")
    areas = "、".join(sorted(share.areas)) or screen.words("show.all-areas")
    how = f"{share.ratio[0]}:{share.ratio[1]}" if share.ratio else share.basis
    return screen.words("show.share", clause=share.clause, clauses=clauses, areas=areas, how=how)
