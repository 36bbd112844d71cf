#include <cmath>

#include "app/bench_suites.hpp"
#include "app/bench_variants.hpp"

namespace populace {
namespace {

constexpr double kMostSpread = .25;  // of the time per draw, relative to the scenario that is varied

class VariantsSuite final : public BenchSuite {
 public:
  VariantsSuite(const BenchSetting& setting, MarketOptions base) {
    base.run.consumers = std::max<std::int64_t>(1, setting.consumers / 4);
    base_ = std::make_unique<MarketProbe>(base, 1);
    for (const Variant& variant : variants())
      if (setting.wants(variant.name()))
        cases_.push_back({variant.name(), std::make_unique<MarketProbe>(make_variant(base, variant), 1)});
  }

  void add_to(Rounds& rounds) override {
    if (cases_.empty()) return;
    rounds.add([this] { base_->pass(); });
    for (Case& c : cases_) rounds.add([&c] { c.probe->pass(); });
  }

  void report(const MachineProbe&, BenchReport& report) const override {
    if (cases_.empty()) return;
    double spread = 0;
    const double base = draw_ns(*base_);
    for (const Case& c : cases_) {
      const double relative = draw_ns(*c.probe) / base - 1;
      spread = std::max(spread, std::abs(relative));
      report.lines.push_back(
          {c.name,
           c.probe->step_ns(),
           "consumer-step",
           c.probe->passes(),
           {{"words", words(*c.probe)}, {"ns_per_word", draw_ns(*c.probe)}, {"relative_to_base", relative}},
           {}});
    }
    report.checks.push_back({"variants: largest difference of time per draw", spread, true, kMostSpread});
  }

 private:
  struct Case {
    std::string name;
    std::unique_ptr<MarketProbe> probe;
  };
  static double words(const MarketProbe& probe) { return step_needs(probe.market(), probe.record()).words(); }
  static double draw_ns(const MarketProbe& probe) { return probe.step_ns() / words(probe); }

  std::unique_ptr<MarketProbe> base_;
  std::vector<Case> cases_;
};

}  // namespace

std::unique_ptr<BenchSuite> variants_suite(const BenchSetting& setting, const std::string& scenario,
                                           BenchReport& report) {
  if (!setting.wants("variants/")) {
    bool any = false;
    for (const Variant& variant : variants()) any = any || setting.wants(variant.name());
    if (!any) return nullptr;
  }
  const auto loaded = setting.load(scenario, report);
  return loaded ? std::make_unique<VariantsSuite>(setting, loaded->market) : nullptr;
}

}  // namespace populace
