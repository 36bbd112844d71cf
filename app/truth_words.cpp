// True effects in words, as JSON and as a table.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/truth_command.hpp"
#include "results/export/table.hpp"
#include "results/report/quantity.hpp"
#include "scenarios/describe/text.hpp"

namespace populace {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using Json = nlohmann::ordered_json;

std::string spaced(std::string_view name) {
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}
std::string quantity(const Interval& of, std::string_view unit) {
  return format_quantity(of.mean, (of.high - of.low) / 2, unit);
}
std::string quotient(const Interval& of) {
  if (std::isnan(of.mean)) return std::string(kAbsentText);
  return fmt::format("{:.3g} ({:.3g} to {:.3g})", of.mean, of.low, of.high);
}

Rows effects_table(const TruthReport& report, std::string_view kind) {
  Rows rows{{std::string(kind), "spend", "revenue it adds", "later", "ROAS", "marginal ROAS", "orders it adds",
             "cost an order"}};
  for (const TrueEffect& e : report.effects)
    if (e.kind == kind || (kind == "campaign" && e.kind == "media"))
      rows.push_back({e.name, format_quantity(e.spend.mean, std::nan(""), ""), quantity(e.revenue, ""),
                      quantity(e.later_revenue, ""), quotient(e.roas), quotient(e.marginal_roas),
                      quantity(e.orders, ""), quotient(e.cost_per_order)});
  return rows;
}

Rows shares_table(const TruthReport& report, const std::string& head, const std::vector<std::string>& labels,
                  std::vector<Interval> TrueEffect::*of) {
  Rows rows{{head}};
  rows.front().insert(rows.front().end(), labels.begin(), labels.end());
  for (const TrueEffect& e : report.effects) {
    if (e.kind != "campaign" && e.kind != "media") continue;
    rows.push_back({e.name});
    for (const Interval& value : e.*of) rows.back().push_back(quantity(value, ""));
  }
  return rows;
}

// Beside each other: what is true and what each rule says.
Rows attribution_table(const TruthReport& report) {
  Rows rows{{"attribution", "true"}};
  for (const Attributed& said : report.attribution) rows.front().push_back(spaced(said.rule));
  for (std::size_t k = 0; k < report.attribution.front().revenue.size(); ++k) {
    rows.push_back({report.effects[k].name, quantity(report.effects[k].revenue, "")});
    for (const Attributed& said : report.attribution) rows.back().push_back(quantity(said.revenue[k], ""));
  }
  rows.push_back({"error", ""});
  for (const Attributed& said : report.attribution) rows.back().push_back(fmt::format("{:.0f} %", 100 * said.error));
  return rows;
}

std::string table(const Rows& rows) {
  std::vector<std::size_t> right;
  for (std::size_t column = 1; column < rows.front().size(); ++column) right.push_back(column);
  return aligned(rows, right) + "\n";
}

Json interval(const Interval& of) {
  const auto number = [](double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); };
  return {{"mean", number(of.mean)},
          {"standard_error", number(of.standard_error)},
          {"low", number(of.low)},
          {"high", number(of.high)}};
}

// Name and value of every figure of an effect.
std::vector<std::pair<std::string, Interval>> figures(const TruthReport& report, const TrueEffect& e) {
  std::vector<std::pair<std::string, Interval>> all{
      {"spend", e.spend},   {"revenue", e.revenue}, {"later_revenue", e.later_revenue},
      {"orders", e.orders}, {"roas", e.roas},       {"cost_per_order", e.cost_per_order}};
  if (report.has_margin) all.emplace_back("margin", e.margin);
  if (e.kind == "pair")
    all.emplace_back("synergy", e.synergy);
  else
    all.emplace_back("marginal_roas", e.marginal_roas);
  for (std::size_t s = 0; s < e.revenue_by_segment.size(); ++s)
    all.emplace_back("revenue.segment." + report.segments[s], e.revenue_by_segment[s]);
  for (std::size_t r = 0; r < e.people_by_rung.size(); ++r)
    all.emplace_back("people.rung." + report.rungs[r], e.people_by_rung[r]);
  for (std::size_t r = 0; r < e.entries_by_rung.size(); ++r)
    all.emplace_back("entries.rung." + report.rungs[r], e.entries_by_rung[r]);
  return all;
}

}  // namespace

std::string in_words(const TruthHead& head, const TruthReport& report) {
  std::string text = fmt::format(
      "{}\n{} consumers, {} replications, seed {}, {} weeks and {} after; money in {}, 95 % intervals of the "
      "simulation\n\n",
      head.title, with_thousands(static_cast<double>(head.consumers)), report.replications, head.seed, head.weeks,
      head.later_weeks, report.currency);
  text += fmt::format("Revenue of the focal brand with everything: {}\n\n", quantity(report.revenue, ""));
  text += table(effects_table(report, "campaign"));
  text +=
      fmt::format("Overlap: {} of what all add stays whichever single campaign goes\n\n", quantity(report.overlap, ""));
  if (const Rows rows = effects_table(report, "channel"); rows.size() > 1) text += table(rows);
  Rows pairs{{"pair", "revenue they add", "synergy"}};
  for (const TrueEffect& e : report.effects)
    if (e.kind == "pair") pairs.push_back({e.name, quantity(e.revenue, ""), quantity(e.synergy, "")});
  if (pairs.size() > 1) text += table(pairs);
  if (report.segments.size() > 1)
    text += table(shares_table(report, "revenue added, by segment", report.segments, &TrueEffect::revenue_by_segment));
  if (!report.rungs.empty())
    text += table(shares_table(report, "people more at the end", report.rungs, &TrueEffect::people_by_rung));
  if (!report.rungs.empty() && !report.effects.front().entries_by_rung.empty())
    text += table(shares_table(report, "leaps it brings about", report.rungs, &TrueEffect::entries_by_rung));
  Rows leaks{{"leak", "changed to", "revenue it is worth"}};
  for (const Leak& leak : report.leaks)
    leaks.push_back({leak.move, fmt::format("{:.0f} %", 100 * leak.factor), quantity(leak.revenue, "")});
  if (leaks.size() > 1) text += table(leaks);
  if (!report.attribution.empty())
    text += table(attribution_table(report)) +
            fmt::format("Orders without any contact before them: {}\n\n", quantity(report.untouched, ""));
  Rows curves{{"response", "budget", "spend", "revenue above none"}};
  for (const ResponsePoint& p : report.curves)
    curves.push_back({p.campaign, fmt::format("{:.0f} %", 100 * p.factor),
                      format_quantity(p.spend.mean, std::nan(""), ""), quantity(p.revenue, "")});
  if (curves.size() > 1) text += table(curves);
  Rows ablation{{"mechanism", "revenue it adds"}};
  for (const Ablated& off : head.ablation)
    ablation.push_back({off.mechanism, off.why_not.empty() ? quantity(off.revenue, "") : off.why_not});
  if (ablation.size() > 1) text += table(ablation);
  for (const auto& [name, meaning] : truth_definitions()) text += fmt::format("{}: {}\n", name, meaning);
  for (const std::string& warning : head.warnings) text += fmt::format("warning: {}\n", warning);
  if (!head.output.empty()) text += fmt::format("written: {}\n", head.output);
  return text;
}

std::string as_json(const TruthHead& head, const TruthReport& report) {
  Json json{{"title", head.title},
            {"consumers", head.consumers},
            {"replications", report.replications},
            {"seed", head.seed},
            {"weeks", head.weeks},
            {"later_weeks", head.later_weeks},
            {"currency", report.currency},
            {"revenue", interval(report.revenue)},
            {"overlap", interval(report.overlap)}};
  for (const TrueEffect& e : report.effects) {
    Json effect{{"kind", e.kind}, {"name", e.name}};
    for (const auto& [name, value] : figures(report, e)) effect[name] = interval(value);
    json["effects"].push_back(std::move(effect));
  }
  json["curves"] = Json::array();
  for (const ResponsePoint& p : report.curves)
    json["curves"].push_back({{"campaign", p.campaign},
                              {"factor", p.factor},
                              {"spend", interval(p.spend)},
                              {"revenue", interval(p.revenue)}});
  for (const Leak& leak : report.leaks)
    json["leaks"].push_back({{"move", leak.move}, {"factor", leak.factor}, {"revenue", interval(leak.revenue)}});
  for (const Attributed& said : report.attribution) {
    Json rule{{"error", said.error}};
    for (std::size_t k = 0; k < said.revenue.size(); ++k) rule[report.effects[k].name] = interval(said.revenue[k]);
    json["attribution"][said.rule] = std::move(rule);
  }
  for (const Ablated& off : head.ablation) {
    Json row{{"mechanism", off.mechanism}, {"revenue", interval(off.revenue)}};
    if (!off.why_not.empty()) row["not_switched_off"] = off.why_not;
    json["ablation"].push_back(std::move(row));
  }
  if (!report.attribution.empty()) json["attribution"]["without_contact"] = interval(report.untouched);
  for (const auto& [name, meaning] : truth_definitions()) json["definitions"][name] = meaning;
  json["warnings"] = head.warnings;
  return json.dump(2) + "\n";
}

void write_effects(const TruthHead& head, const TruthReport& report, const std::filesystem::path& path) {
  Table table(path);
  table.print("kind,name,figure,mean,standard_error,low,high,replications,definition\n");
  const auto definitions = truth_definitions();
  const auto row = [&](const std::string& kind, const std::string& name, const std::string& figure,
                       const Interval& of) {
    const auto meaning = std::find_if(definitions.begin(), definitions.end(),
                                      [&](const auto& d) { return figure.starts_with(d.first); });
    const auto number = [](double x) { return std::isfinite(x) ? fmt::format("{:.10g}", x) : std::string(); };
    table.print("{},{},{},{},{},{},{},{},{}\n", kind, csv_field(name), csv_field(figure), number(of.mean),
                number(of.standard_error), number(of.low), number(of.high), report.replications,
                csv_field(meaning != definitions.end() ? meaning->second : "contribution: " + definitions[0].second));
  };
  for (const TrueEffect& e : report.effects)
    for (const auto& [name, value] : figures(report, e)) row(e.kind, e.name, name, value);
  for (const ResponsePoint& p : report.curves)
    row("curve", p.campaign, fmt::format("revenue at {:g} of the budget", p.factor), p.revenue);
  for (const Attributed& said : report.attribution)
    for (std::size_t k = 0; k < said.revenue.size(); ++k)
      row("attribution", report.effects[k].name, "attribution by " + said.rule, said.revenue[k]);
  for (const Leak& leak : report.leaks) row("leak", leak.move, "leak", leak.revenue);
  for (const Ablated& off : head.ablation)
    if (off.why_not.empty()) row("mechanism", off.mechanism, "ablation", off.revenue);
  table.commit();
}

}  // namespace populace
