// A plan in words, as JSON and as a table.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/plan_command.hpp"
#include "results/export/table.hpp"
#include "results/report/quantity.hpp"
#include "scenarios/describe/text.hpp"

namespace populace {
namespace {

using Rows = std::vector<std::vector<std::string>>;
using Json = nlohmann::ordered_json;

std::string amount(double value) { return format_quantity(value, std::nan(""), ""); }
std::string quantity(const Interval& of) { return format_quantity(of.mean, (of.high - of.low) / 2, ""); }
std::string whole(double value) { return grouped(std::round(value) + 0.); }  // without a sign of zero
std::string percent(double share) { return fmt::format("{:+.1f} %", 100 * share); }

std::string table(const Rows& rows) {
  std::vector<std::size_t> right;
  for (std::size_t column = 1; column < rows.front().size(); ++column) right.push_back(column);
  return aligned(rows, right) + "\n";
}

std::string_view name_of(Verdict verdict) {
  return verdict == Verdict::kReached ? "reached" : verdict == Verdict::kMetWithout ? "met_without" : "out_of_reach";
}

std::string budget_unit(const PlanReport& report) { return report.paid ? report.currency : "contacts"; }

std::string met(const Needed& needed) {
  return fmt::format("the target is met in {} of {} simulated markets ({:.0f} to {:.0f} %)", needed.met,
                     needed.share_met.n, 100 * needed.share_met.low, 100 * needed.share_met.high);
}

std::string verdict_in_words(const PlanHead& head, const PlanReport& report) {
  const std::string unit = budget_unit(report);
  switch (report.mean.verdict) {
    case Verdict::kReached:
      return fmt::format(
          "Needed budget: {} {}, {} times the present {}; there {}\n"
          "The last 10 % bring {} {} for each {} more\n",
          quantity(report.budget), unit,
          fmt::format("{:.3f} ({:.3f} to {:.3f})", report.factor.mean, report.factor.low, report.factor.high),
          amount(report.budget_now), met(report.mean), fmt::format("{:.3g}", report.marginal.mean), report.unit,
          report.paid ? report.currency : "contact");
    case Verdict::kMetWithout:
      return fmt::format("The target is met without these campaigns: {} {} come with their budgets at zero\n",
                         quantity(report.figure_without), report.unit);
    case Verdict::kOutOfReach:
      break;
  }
  std::string text = fmt::format(
      "Out of reach: at {:.3g} times the present {} {} it is {} {}, {:.1f} % of the target\n", report.mean.factor,
      amount(report.budget_now), unit, quantity(report.figure), report.unit, 100 * report.figure.mean / head.target);
  for (const std::string& reason : report.reasons) text += fmt::format("  {}\n", reason);
  return text;
}

std::string assured_in_words(const PlanHead& head, const PlanReport& report) {
  if (!report.assured) return "";
  const Needed& a = *report.assured;
  if (a.verdict == Verdict::kReached)
    return fmt::format("Assured to {:g} %: {} {}, {:.3f} times the present; there {}\n", 100 * head.assurance,
                       amount(a.factor * report.budget_now), budget_unit(report), a.factor, met(a));
  return fmt::format("Assured to {:g} %: {}\n", 100 * head.assurance,
                     a.verdict == Verdict::kMetWithout
                         ? "met without these campaigns"
                         : fmt::format("out of reach; at {:.3g} times {}", a.factor, met(a)));
}

Rows campaigns_table(const PlanReport& report) {
  Rows rows{{"campaign", "spend now", "budget", "spend", "unspent", "impressions", "reach", "frequency", "clicks"}};
  for (const PlanLine& line : report.lines)
    if (line.kind == "campaign")
      rows.push_back({line.name + (line.scaled ? "" : " (held)"), amount(line.spend_now.mean), amount(line.budget),
                      amount(line.spend.mean), amount(line.unspent.mean), quantity(line.impressions),
                      quantity(line.reach), quantity(line.frequency), quantity(line.clicks)});
  return rows;
}

Rows channels_table(const PlanReport& report) {
  Rows rows{{"channel", "spend now", "spend", "impressions", "reach", "frequency"}};
  for (const PlanLine& line : report.lines)
    if (line.kind == "channel")
      rows.push_back({line.name, amount(line.spend_now.mean), amount(line.spend.mean), quantity(line.impressions),
                      quantity(line.reach), quantity(line.frequency)});
  return rows;
}

std::string arithmetic_in_words(const PlanHead& head, const PlanReport& report) {
  const Chain& chain = report.chain;
  const bool money = report.kind == TargetKind::kRevenue;
  Rows rows{{"arithmetic, backwards", "", "by"}};
  rows.push_back({"target", grouped(head.target), head.kpi});
  if (money)
    rows.push_back(
        {"orders", whole(chain.orders), fmt::format("{:.4g} {} an order", chain.rates.order_value, report.currency)});
  rows.push_back(
      {report.visits, whole(chain.visits),
       fmt::format("{:.4g} {} each", chain.rates.conversion, report.kind == TargetKind::kOther ? head.kpi : "orders")});
  rows.push_back(
      {"budget", whole(chain.budget), fmt::format("{:.4g} {} each", chain.rates.visit_cost, budget_unit(report))});
  std::string text = aligned(rows, {1}) + "\n";
  if (report.gap.empty()) return text;
  Rows gap{{"from arithmetic to simulation", budget_unit(report), "of the arithmetic"}};
  gap.push_back({"arithmetic", whole(chain.budget), "100.0 %"});
  for (const GapPart& part : report.gap) gap.push_back({part.name, whole(part.money), percent(part.share)});
  gap.push_back(
      {"simulated", whole(report.budget.mean), fmt::format("{:.1f} %", 100 * report.budget.mean / chain.budget)});
  return text + table(gap);
}

Json number(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

Json interval(const Interval& of) {
  return {{"mean", number(of.mean)},
          {"standard_error", number(of.standard_error)},
          {"low", number(of.low)},
          {"high", number(of.high)}};
}

Json needed_json(const Needed& needed, double budget_now) {
  return {{"verdict", name_of(needed.verdict)},
          {"factor", number(needed.factor)},
          {"budget", number(needed.factor * budget_now)},
          {"markets_that_meet_it", needed.met},
          {"share_of_markets", interval(needed.share_met)}};
}

std::vector<std::pair<std::string, Interval>> figures(const PlanLine& line) {
  return {{"spend_now", line.spend_now}, {"spend", line.spend},
          {"unspent", line.unspent},     {"impressions", line.impressions},
          {"reach", line.reach},         {"frequency", line.frequency},
          {"clicks", line.clicks}};
}

std::vector<std::pair<std::string, Interval>> outcomes(const PlanReport& report) {
  return {{"factor", report.factor},
          {"budget", report.budget},
          {"marginal", report.marginal},
          {"figure_now", report.figure_now},
          {"figure_without", report.figure_without},
          {"figure", report.figure},
          {"orders", report.orders},
          {"revenue", report.revenue}};
}

Json line_json(const PlanLine& line) {
  Json row{{"kind", line.kind}, {"name", line.name}};
  if (line.kind == "campaign") {
    row["scaled"] = line.scaled;
    row["budget_now"] = number(line.budget_now);
    row["budget"] = number(line.budget);
  }
  for (const auto& [name, value] : figures(line)) row[name] = interval(value);
  return row;
}

Json arithmetic_json(const PlanReport& report) {
  const Chain& chain = report.chain;
  return {{"order_value", number(chain.rates.order_value)},
          {"conversion", number(chain.rates.conversion)},
          {"visit_cost", number(chain.rates.visit_cost)},
          {"orders", number(chain.orders)},
          {"visits", number(chain.visits)},
          {"visits_are", report.visits},
          {"budget", number(chain.budget)}};
}

}  // namespace

std::string in_words(const PlanHead& head, const PlanReport& report) {
  std::string text = fmt::format(
      "{}\n{} consumers, {} replications, seed {}, {} weeks; money in {}, 95 % intervals of the simulation\n\n",
      head.title, with_thousands(static_cast<double>(head.consumers)), report.replications, head.seed, head.weeks,
      report.currency);
  text += fmt::format("Target: {} of {} {}; now {}, without these campaigns {}\n", head.kpi, grouped(head.target),
                      report.unit, quantity(report.figure_now), quantity(report.figure_without));
  text += verdict_in_words(head, report) + assured_in_words(head, report) + "\n";
  if (report.mean.verdict != Verdict::kMetWithout) {
    text += table(campaigns_table(report)) + table(channels_table(report));
    text += fmt::format("With it: {} orders, revenue of {}\n\n", quantity(report.orders), quantity(report.revenue));
  }
  text += arithmetic_in_words(head, report);
  for (const auto& [name, meaning] : plan_definitions()) text += fmt::format("{}: {}\n", name, meaning);
  for (const std::string& warning : head.warnings) text += fmt::format("warning: {}\n", warning);
  if (!head.output.empty()) text += fmt::format("written: {}\n", head.output);
  return text;
}

std::string as_json(const PlanHead& head, const PlanReport& report) {
  Json json{{"title", head.title},
            {"consumers", head.consumers},
            {"replications", report.replications},
            {"seed", head.seed},
            {"weeks", head.weeks},
            {"currency", report.currency},
            {"kpi", head.kpi},
            {"target", head.target},
            {"budget_unit", budget_unit(report)},
            {"budget_now", number(report.budget_now)},
            {"runs", report.runs},
            {"needed", needed_json(report.mean, report.budget_now)}};
  if (report.assured) json["assured"] = needed_json(*report.assured, report.budget_now);
  for (const auto& [name, value] : outcomes(report)) json[name] = interval(value);
  for (const PlanLine& line : report.lines) json["lines"].push_back(line_json(line));
  json["arithmetic"] = arithmetic_json(report);
  json["gap"] = Json::array();
  for (const GapPart& part : report.gap)
    json["gap"].push_back({{"part", part.name}, {"budget", number(part.money)}, {"share", number(part.share)}});
  json["response"] = Json::array();
  for (const auto& [factor, value] : report.response)
    json["response"].push_back({{"factor", factor}, {"figure", interval(value)}});
  json["reasons"] = report.reasons;
  for (const auto& [name, meaning] : plan_definitions()) json["definitions"][name] = meaning;
  json["warnings"] = head.warnings;
  return json.dump(2) + "\n";
}

void write_plan(const PlanHead& head, const PlanReport& report, const std::filesystem::path& path) {
  Table table(path);
  table.print("kind,name,figure,mean,standard_error,low,high,replications\n");
  const auto text = [](double x) { return std::isfinite(x) ? fmt::format("{:.10g}", x) : std::string(); };
  const auto row = [&](const std::string& kind, const std::string& name, const std::string& figure,
                       const Interval& of) {
    table.print("{},{},{},{},{},{},{},{}\n", kind, csv_field(name), csv_field(figure), text(of.mean),
                text(of.standard_error), text(of.low), text(of.high), report.replications);
  };
  const auto plain = [&](const std::string& kind, const std::string& name, const std::string& figure, double value) {
    row(kind, name, figure, {value, std::nan(""), std::nan(""), std::nan(""), report.replications});
  };
  plain("target", head.kpi, std::string(name_of(report.mean.verdict)), head.target);
  for (const auto& [name, value] : outcomes(report)) row("plan", "all", name, value);
  if (report.assured) plain("plan", "assured", "budget", report.assured->factor * report.budget_now);
  for (const PlanLine& line : report.lines) {
    if (line.kind == "campaign") plain(line.kind, line.name, "budget", line.budget);
    for (const auto& [name, value] : figures(line)) row(line.kind, line.name, name, value);
  }
  plain("arithmetic", "all", "orders", report.chain.orders);
  plain("arithmetic", "all", report.visits, report.chain.visits);
  plain("arithmetic", "all", "budget", report.chain.budget);
  for (const GapPart& part : report.gap) plain("gap", part.name, "budget", part.money);
  for (const auto& [factor, value] : report.response) row("response", fmt::format("{:.10g}", factor), head.kpi, value);
  table.commit();
}

}  // namespace populace
