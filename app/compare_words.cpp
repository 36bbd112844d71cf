// A comparison in words, as JSON and as a table.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/compare_command.hpp"
#include "results/export/table.hpp"
#include "results/report/quantity.hpp"
#include "scenarios/describe/text.hpp"

namespace populace {
namespace {

using Json = nlohmann::ordered_json;
using Rows = std::vector<std::vector<std::string>>;

char letter(std::size_t plan) { return static_cast<char>('A' + plan % 26); }

std::string quantity(const Interval& of, const std::string& unit) {
  return format_quantity(of.mean, (of.high - of.low) / 2, unit);
}

bool differs(const ComparedFigure& figure) {
  return std::any_of(figure.pairs.begin(), figure.pairs.end(),
                     [](const Paired& p) { return p.difference.low > 0 || p.difference.high < 0; });
}

std::string percent(double share) {
  return std::isfinite(share) ? fmt::format("{:+.1f} %", 100 * share) : std::string(kAbsentText);
}

std::string factor(double times) {
  if (std::isnan(times)) return std::string(kAbsentText);
  return std::isinf(times) ? "no noise" : fmt::format("{:.3g} x", times);
}

std::string table_of(const Comparison& comparison, std::size_t pair, bool all) {
  const PairOfPlans& plans = comparison.pairs[pair];
  const bool several = comparison.pairs.size() > 1;
  const std::string a(1, letter(plans.first)), b(1, letter(plans.second));
  Rows rows{{"figure", a, b, b + " - " + a, "relative", fmt::format("P({} > {})", b, a), "noise cut by"}};
  if (several) rows.front().push_back("p (Holm)");
  for (const ComparedFigure& figure : comparison.figures) {
    if (!all && !differs(figure)) continue;
    const Paired& p = figure.pairs[pair];
    rows.push_back({figure.name, quantity(p.first, figure.unit), quantity(p.second, figure.unit),
                    quantity(p.difference, figure.unit), percent(p.difference.mean / std::abs(p.first.mean)),
                    std::isfinite(p.probability) ? fmt::format("{:.3f}", p.probability) : std::string(kAbsentText),
                    factor(p.variance_reduction)});
    if (several) rows.back().push_back(fmt::format("{:.3g}", figure.adjusted_p[pair]));
  }
  if (rows.size() == 1) return "  nothing differs\n";
  std::vector<std::size_t> right;
  for (std::size_t column = 1; column < rows.front().size(); ++column) right.push_back(column);
  return aligned(rows, right);
}

std::string differences_of(const std::vector<ComparedPlan>& plans) {
  Rows rows{{"what differs"}};
  for (std::size_t p = 0; p < plans.size(); ++p) rows.front().push_back(std::string(1, letter(p)));
  for (const KeyDifference& key : differences(plans)) {
    rows.push_back({key.path});
    for (const std::string& value : key.values) rows.back().push_back(value.empty() ? std::string(kAbsentText) : value);
  }
  return rows.size() > 1 ? aligned(rows) : "  nothing differs in the files\n";
}

Json number(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }
Json interval(const Interval& of) {
  return {{"mean", number(of.mean)},
          {"standard_error", number(of.standard_error)},
          {"low", number(of.low)},
          {"high", number(of.high)},
          {"n", of.n}};
}

}  // namespace

std::string in_words(const CompareArguments& a, const std::vector<ComparedPlan>& plans, const Comparison& comparison) {
  const RunOptions& run = plans.front().loaded.market.run;
  std::string text;
  for (std::size_t p = 0; p < plans.size(); ++p) text += fmt::format("{}  {}\n", letter(p), plans[p].name);
  text += fmt::format("{} consumers, {} replications, seed {}: all plans run the same ones (common random numbers)\n\n",
                      with_thousands(static_cast<double>(run.consumers)), comparison.replications, run.seed);
  text += differences_of(plans) + "\n";
  for (std::size_t pair = 0; pair < comparison.pairs.size(); ++pair)
    text += table_of(comparison, pair, a.all || !a.of.empty()) + "\n";
  if (!a.all && a.of.empty()) text += "Figures whose difference is not told from 0 are left out; --all shows them.\n";
  if (!comparison.figures_of_some.empty())
    text += fmt::format("Only some plans have: {}\n", fmt::join(comparison.figures_of_some, ", "));
  text +=
      fmt::format("± of a plan is its own 95 % interval; of a difference that of the pairs, at {:.4g} %{}\n",
                  100 * comparison.level,
                  comparison.pairs.size() > 1 ? " so that all of one figure hold together with 95 % (Bonferroni)" : "");
  text += "noise cut by: variance of the difference between independent runs / that of these pairs\n";
  if (!a.output.empty()) text += fmt::format("written: {}\n", a.output.string());
  return text;
}

std::string as_json(const std::vector<ComparedPlan>& plans, const Comparison& comparison) {
  const RunOptions& run = plans.front().loaded.market.run;
  Json json{{"consumers", run.consumers},
            {"replications", comparison.replications},
            {"seed", run.seed},
            {"level", comparison.level}};
  for (const ComparedPlan& plan : plans) json["plans"].push_back(plan.name);
  json["differences"] = Json::array();
  for (const KeyDifference& key : differences(plans))
    json["differences"].push_back({{"key", key.path}, {"values", key.values}});
  for (const ComparedFigure& figure : comparison.figures) {
    Json row{{"name", figure.name}, {"unit", figure.unit}};
    for (std::size_t k = 0; k < figure.pairs.size(); ++k) {
      const Paired& p = figure.pairs[k];
      row["pairs"].push_back({{"first", comparison.pairs[k].first},
                              {"second", comparison.pairs[k].second},
                              {"of_first", interval(p.first)},
                              {"of_second", interval(p.second)},
                              {"difference", interval(p.difference)},
                              {"probability", number(p.probability)},
                              {"p_value", number(p.p_value)},
                              {"adjusted_p_value", number(figure.adjusted_p[k])},
                              {"variance_reduction", number(p.variance_reduction)}});
    }
    json["figures"].push_back(std::move(row));
  }
  json["figures_of_some"] = comparison.figures_of_some;
  return json.dump(2) + "\n";
}

void write_comparison(const std::vector<ComparedPlan>& plans, const Comparison& comparison,
                      const std::filesystem::path& path) {
  Table table(path);
  table.print(
      "figure,unit,first,second,mean_first,mean_second,difference,low,high,probability,adjusted_p,variance_reduction,"
      "n\n");
  const auto text = [](double x) { return std::isfinite(x) ? fmt::format("{:.10g}", x) : std::string(); };
  for (const ComparedFigure& figure : comparison.figures)
    for (std::size_t k = 0; k < figure.pairs.size(); ++k) {
      const Paired& p = figure.pairs[k];
      table.print("{},{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_field(figure.name), csv_field(figure.unit),
                  csv_field(plans[comparison.pairs[k].first].name), csv_field(plans[comparison.pairs[k].second].name),
                  text(p.first.mean), text(p.second.mean), text(p.difference.mean), text(p.difference.low),
                  text(p.difference.high), text(p.probability), text(figure.adjusted_p[k]), text(p.variance_reduction),
                  p.difference.n);
    }
  table.commit();
}

}  // namespace populace
