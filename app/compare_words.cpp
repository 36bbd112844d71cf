// A comparison in words: the arms, what differs in them, and one table a pair, what differs noticeably first.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "app/compare_command.hpp"
#include "results/report/quantity.hpp"
#include "scenarios/describe/text.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr std::size_t kMostChanges = 20, kLongestValue = 36;

std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

std::string value_text(const std::string& value, bool whole) {
  if (value.empty()) return std::string(kAbsentText);
  if (whole || value.size() <= kLongestValue) return value;
  std::size_t end = kLongestValue;  // not within a character of several bytes
  while ((static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
  return value.substr(0, end) + "…";
}

std::string header(const CompareReport& report) {
  const RunInfo& info = report.info;
  const std::string steps = info.step_days == 7   ? "weeks"
                            : info.step_days == 1 ? "days"
                                                  : fmt::format("steps of {} days", info.step_days);
  std::string out;
  for (const ArmTitle& arm : report.arms) {
    const bool is_told = arm.title.empty() || (&arm != &report.arms.front() && arm.title == report.arms.front().title);
    out += fmt::format("{}  {}{}\n", arm.label, arm.name, is_told ? "" : ": " + arm.title);
  }
  out += fmt::format("{} consumers for a market of {} people, {} {} from {}, {} replications, seed {}\n",
                     with_thousands(static_cast<double>(info.consumers)), with_thousands(info.market_size_people),
                     info.n_steps, steps, info.start_date, report.comparison.replications, info.seed);
  out += "paired: a replication has the same consumers and the same draws in every arm (common random numbers)\n";
  for (const std::string& note : report.notes) out += "note: " + note + '\n';
  return out;
}

// Unless all are wanted, of what only some arms have only what was written.
std::string changes(const CompareReport& report) {
  if (report.changed.empty()) return "\nNothing differs between the scenarios but their titles.\n";
  Rows rows{{"What differs"}};
  for (const ArmTitle& arm : report.arms) rows.front().push_back(arm.label);
  std::size_t left_out = 0;
  for (const ChangedKey& key : report.changed) {
    const bool of_all = std::none_of(key.values.begin(), key.values.end(), [](const auto& v) { return v.empty(); });
    if (!report.all_keys && (rows.size() > kMostChanges || !(of_all || key.given))) {
      ++left_out;
      continue;
    }
    rows.push_back({key.path});
    for (const std::string& value : key.values) rows.back().push_back(value_text(value, report.all_keys));
  }
  std::string out = '\n' + aligned(rows);
  if (left_out > 0) out += fmt::format("  … and {} more keys (--all lists them)\n", left_out);
  return out;
}

bool is_headline(const Kpi& kpi) { return kpi.group == "brand" || kpi.group == "profit" || kpi.group == "market"; }

std::string with_sign(double value, const std::string& text) { return value > 0 ? '+' + text : text; }

// Of shares the difference is in percentage points.
std::string difference_text(const FigureDifference& d, const std::string& unit) {
  std::string text = format_quantity(d.difference.mean, (d.difference.high - d.difference.low) / 2, unit);
  if (unit == "%" && text.ends_with(" %")) text.replace(text.size() - 1, 1, "points");
  return with_sign(d.difference.mean, text);
}

std::string relative_text(double relative) {
  if (std::isnan(relative)) return std::string(kAbsentText);
  const double percent = 100 * relative;
  if (percent == 0) return "0 %";
  return std::abs(percent) < 99.95 ? fmt::format("{:+#.3g} %", percent) : fmt::format("{:+.0f} %", percent);
}

std::string chance_text(double chance) {
  if (std::isnan(chance)) return std::string(kAbsentText);
  if (chance == 0 || chance == 1) return fmt::format("{:.0f}", chance);
  if (chance < .0005) return "<0.001";
  return chance > .9995 ? ">0.999" : fmt::format("{:.3f}", chance);
}

std::string factor_text(double factor) {
  if (std::isnan(factor)) return std::string(kAbsentText);
  if (std::isinf(factor)) return "∞";
  if (factor > 999'999) return ">999,999";
  return factor < 99.95 ? fmt::format("{:.1f}", factor) : with_thousands(factor);
}

// One pair of arms: rows by group, in the order of the groups.
class PairTable {
 public:
  PairTable(const CompareReport& report, std::size_t pair)
      : report_(report),
        pair_(pair),
        a_(report.arms[report.comparison.pairs[pair].first].label),
        b_(report.arms[report.comparison.pairs[pair].second].label) {}

  std::string text() const {
    const auto noticeable = [this](const ComparedFigure& figure) { return figure.by_pair[pair_].noticeable(); };
    const std::string differing = table(noticeable, fmt::format("{} differs from {}", b_, a_));
    std::string out = differing.empty() ? fmt::format("\nNo figure differs noticeably between {} and {}.\n", a_, b_)
                                        : '\n' + differing;
    const std::string others = table(
        [&](const ComparedFigure& figure) {
          return !noticeable(figure) && (report_.all_figures || is_headline(*figure.kpi));
        },
        "Not told apart");
    return others.empty() ? out : out + '\n' + others;
  }

 private:
  template <class Wanted>
  std::string table(Wanted wanted, const std::string& title) const {
    std::vector<const ComparedFigure*> figures;
    for (const ComparedFigure& figure : report_.comparison.figures)
      if (wanted(figure)) figures.push_back(&figure);
    if (figures.empty()) return "";
    const bool some_absent = std::any_of(figures.begin(), figures.end(), [this](const ComparedFigure* figure) {
      return figure->by_pair[pair_].n < report_.comparison.replications;
    });
    Rows rows{{title, a_, b_, fmt::format("{} - {}", b_, a_), "relative", fmt::format("P({} > {})", b_, a_),
               "variance reduction"}};
    if (several()) rows.front().emplace_back("p (Holm)");
    if (some_absent) rows.front().emplace_back("replications");
    for (const GroupTitle& group : groups_of(figures)) {
      rows.push_back({group.title});
      for (const ComparedFigure* figure : figures)
        if (figure->kpi->group == group.group) rows.push_back(row(*figure, some_absent));
    }
    return aligned(rows, {1, 2, 3, 4, 5, 6, 7, 8});
  }

  bool several() const { return report_.comparison.pairs.size() > 1; }

  // Those of the report, then any other in order of appearance.
  std::vector<GroupTitle> groups_of(const std::vector<const ComparedFigure*>& figures) const {
    std::vector<GroupTitle> groups;
    const auto has = [](const auto& list, const std::string& group, auto of) {
      return std::any_of(list.begin(), list.end(), [&](const auto& one) { return of(one) == group; });
    };
    const auto of_title = [](const GroupTitle& title) { return title.group; };
    const auto of_figure = [](const ComparedFigure* figure) { return figure->kpi->group; };
    for (const GroupTitle& title : report_.groups)
      if (has(figures, title.group, of_figure)) groups.push_back(title);
    for (const ComparedFigure* figure : figures)
      if (!has(groups, figure->kpi->group, of_title)) groups.push_back({figure->kpi->group, figure->kpi->group});
    return groups;
  }

  std::vector<std::string> row(const ComparedFigure& figure, bool with_n) const {
    const Kpi& kpi = *figure.kpi;
    const FigureDifference& d = figure.by_pair[pair_];
    const std::string unit = kpi.unit == "%" || kpi.unit == "1" ? "" : ", " + kpi.unit;
    std::vector<std::string> cells{fmt::format("  {} {}{}", kpi.row, spaced(kpi.column), unit),
                                   format_quantity(d.first_mean, NAN, kpi.unit),
                                   format_quantity(d.second_mean, NAN, kpi.unit),
                                   difference_text(d, kpi.unit),
                                   relative_text(d.relative),
                                   chance_text(d.probability),
                                   factor_text(d.variance_reduction)};
    if (several()) cells.push_back(chance_text(figure.p_holm[pair_]));
    if (with_n) cells.push_back(fmt::format("{}", d.n));
    return cells;
  }

  const CompareReport& report_;
  std::size_t pair_;
  std::string a_, b_;
};

// One line for each set of arms that alone have some figures.
std::string only_in(const CompareReport& report) {
  std::map<std::vector<std::size_t>, std::vector<std::string>> by_arms;
  for (const FigureOfArms& figure : report.comparison.of_some_arms) by_arms[figure.arms].push_back(figure.name);
  std::string out;
  for (const auto& [arms, figures] : by_arms) {
    std::vector<std::string> labels;
    for (const std::size_t arm : arms) labels.push_back(report.arms[arm].label);
    out += fmt::format("only in {}: {}\n", listed(labels), listed(figures, 8));
  }
  return out;
}

// How the columns are to be read, once.
std::string legend(const CompareReport& report) {
  const Comparison& comparison = report.comparison;
  const std::size_t n_pairs = comparison.pairs.size();
  std::string out = fmt::format(
      "\n± is the {0:.4g} % paired t interval over replications (simulation error). A figure differs where it leaves 0 "
      "out, which chance\nalone does to {1:.2g} of 100 figures that do not differ. P is the chance that the difference "
      "is "
      "above 0, given these replications.\nVariance reduction is (var A + var B) / var(B - A): how many times the "
      "replications independent runs would take; ∞ where the\ndifference never varies.\n",
      100 * comparison.pair_level, 100 * (1 - comparison.pair_level));
  if (n_pairs > 1)
    out += fmt::format(
        "{} comparisons: for one figure, all intervals hold together with {:g} % (Bonferroni), and p, of no "
        "difference, "
        "is adjusted\nover them (Holm).\n",
        n_pairs, 100 * comparison.level);
  out += only_in(report);
  if (!comparison.of_few_events.empty())
    out += fmt::format(
        "warning: few simulated events a replication stand behind {}; their intervals are rough, raise --consumers\n",
        listed(comparison.of_few_events, 6));
  if (!report.output.empty()) out += fmt::format("differences: {}\n", report.output.string());
  return out;
}

}  // namespace

std::string in_words(const CompareReport& report) {
  std::string out = header(report) + changes(report);
  for (std::size_t pair = 0; pair < report.comparison.pairs.size(); ++pair) out += PairTable(report, pair).text();
  return out + legend(report);
}

}  // namespace populace
