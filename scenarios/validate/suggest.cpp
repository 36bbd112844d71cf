#include "scenarios/validate/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "scenarios/parse/path.hpp"

namespace populace {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// budget -> budget_money: the unit was left out (or the other way round).
bool differs_by_unit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return a.size() >= 3 && b.starts_with(a) && (b[a.size()] == '_' || b.size() - a.size() == 1);
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

std::string closest(std::string_view written, const std::vector<std::string>& candidates) {
  constexpr std::size_t kLongestCompared = 64;
  if (written.size() > kLongestCompared) return "";
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, written.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.empty() || candidate.size() > kLongestCompared) continue;
    std::size_t distance = edit_distance(lower(written), lower(candidate));
    // A name of one or two letters is close to every other: only case may differ.
    if (written.size() <= 2 && distance > 0) continue;
    if (differs_by_unit(lower(written), lower(candidate))) distance = std::min<std::size_t>(distance, 1);
    if (distance >= best_distance) continue;
    best = candidate;
    best_distance = distance;
  }
  return best;
}

std::string did_you_mean(std::string_view written, const std::vector<std::string>& candidates) {
  const std::string best = closest(written, candidates);
  return best.empty() ? "" : fmt::format("did you mean {}?", quoted_text(best));
}

std::string listed(const std::vector<std::string>& names, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < most; ++i) text += (i == 0 ? "" : ", ") + names[i];
  return names.size() > most ? text + ", …" : text;
}

std::string suggest(std::string_view written, const std::vector<std::string>& candidates, std::string_view what) {
  const std::string best = did_you_mean(written, candidates);
  if (!best.empty() || candidates.empty()) return best;
  return fmt::format("{}: {}", what, listed(candidates));
}

}  // namespace populace
