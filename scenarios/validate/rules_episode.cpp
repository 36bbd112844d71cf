// Purchase episodes: keys that would do nothing, and what must fit together.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/validate/rules.hpp"

namespace populace {
namespace {

// A table with keys that is switched off without saying so.
bool is_idle(RuleBook& book, const std::string& table, bool enabled) {
  const KeyPath path{table};
  if (enabled || !book.is_given(path) || book.is_wrong(path)) return !enabled;
  if (!book.is_given(path / "enabled"))
    book.refuse(path, fmt::format("does nothing, because {}.enabled = false (the default)", table),
                fmt::format("write {}.enabled = true", table));
  return true;
}

void check_episodes(RuleBook& book) {
  const EpisodeOptions& episode = book.market.episode;
  if (is_idle(book, "episode", episode.enabled)) return;
  const KeyPath path{"episode"}, from = path / "extended_from_involvement";
  if (!book.market.need.enabled)
    return book.refuse(path / "enabled", "there are no needs, because need.enabled = false",
                       "write need.enabled = true");
  if (!book.market.involvement.enabled && book.is_given(path / "dwell_involvement"))
    book.refuse(path / "dwell_involvement",
                "does not tell people apart, because involvement.enabled = false: everybody is at .5",
                "write involvement.enabled = true, or drop the key");
  if (!book.market.involvement.enabled && episode.extended_from_involvement > .5 && !book.is_wrong(from))
    book.refuse(from, "leaves no purchase extended, because involvement.enabled = false: everybody is at .5",
                "write involvement.enabled = true, or a number of at most .5");
}

}  // namespace

void check_episode(RuleBook& book) { check_episodes(book); }

}  // namespace populace
