#include "models/word_of_mouth/talk_kpis.hpp"

#include <algorithm>
#include <numeric>

namespace populace {
namespace {

bool warns(const MarketOptions& options, const std::vector<std::string>& stages) {
  const WordOfMouthOptions& o = options.word_of_mouth;
  const bool disappointed = o.disappointed_voice > 0 && options.experience.enabled;
  return disappointed ||
         std::any_of(stages.begin(), stages.end(), [&](const auto& stage) { return o.negative_voice.of(stage) > 0; });
}

}  // namespace

void talk_kpis(const MarketOptions& options, const Stages& stages, MeasureRegistry& registry) {
  const WordOfMouthOptions& o = options.word_of_mouth;
  if (!o.over_network()) return;
  const std::vector<std::string>& names = stages.options(stages.machine(o.machine)).stages;
  const auto add = [&](const std::string& row, std::size_t valence) {
    KpiTerm sent{"word_of_mouth_sent", std::vector<std::size_t>(names.size())};
    std::iota(sent.slots.begin(), sent.slots.end(), valence * names.size());
    const KpiTerm believed{"word_of_mouth_believed", {valence}};
    registry.add(Kpi{"word_of_mouth", row, "sent", "messages", row + " given in conversations", {sent}, {}, 1, 0});
    registry.add(Kpi{"word_of_mouth", row, "believed", "messages", "of these, those believed", {believed}, {}, 1, 0});
  };
  add("recommendations", 0);
  if (warns(options, names)) add("warnings", 1);
}

}  // namespace populace
