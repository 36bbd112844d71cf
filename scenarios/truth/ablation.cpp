#include "scenarios/truth/ablation.hpp"

#include "scenarios/experiment/arms.hpp"
#include "scenarios/experiment/switches.hpp"
#include "scenarios/truth/outcomes.hpp"

namespace populace {

std::vector<Ablated> ablate(const LoadedScenario& all,
                            const std::function<LoadedScenario(const std::vector<std::string>&)>& reload,
                            int replications, const Threads& threads, const std::atomic<bool>& cancelled) {
  std::vector<Ablated> table;
  std::vector<std::size_t> row_of_arm{0};
  std::vector<Arm> arms;
  std::vector<MarketOptions> options{all.market};
  arms.push_back(make_arm("all", all.market));
  for (const std::string& name : switches_of(all)) {
    table.push_back({name, t_interval({}), {}});
    try {
      options.push_back(reload(overrides_of(name)).market);
      arms.push_back(make_arm(name, options.back()));
      row_of_arm.push_back(table.size() - 1);
    } catch (const ScenarioErrors& errors) {
      table.back().why_not = errors.violations().front().rule;
    }
  }
  std::vector<OutcomeReader> readers;
  for (std::size_t a = 0; a < arms.size(); ++a)
    readers.emplace_back(options[a], options[a].run.weeks, arms[a].market->registry(), arms[a].info);
  std::vector<std::vector<double>> revenue(arms.size(), std::vector<double>(static_cast<std::size_t>(replications)));
  ArmsHooks hooks;
  hooks.look = [&](std::size_t arm, const ReplicationRecord& record) {
    revenue[arm][static_cast<std::size_t>(record.replication)] = readers[arm].read(record).revenue;
  };
  if (!run_arms(arms, {0, replications, false}, threads, cancelled, hooks)) return {};
  for (std::size_t a = 1; a < arms.size(); ++a)
    table[row_of_arm[a]].revenue = paired_difference_interval(revenue[0], revenue[a]);
  return table;
}

}  // namespace populace
