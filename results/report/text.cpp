#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "results/report/quantity.hpp"
#include "results/report/report.hpp"

namespace populace {
namespace {

constexpr std::size_t kGap = 2;

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

double half_width(const Interval& interval) { return (interval.high - interval.low) / 2; }

std::string padding(std::string_view text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return std::string(width > taken ? width - taken : 0, ' ');
}

std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

struct Column {
  std::string title;
  std::string unit;  // under the title, when all cells share one that is worth saying
  std::vector<std::string> cells;
  std::size_t width = 0;
};

class GroupTable {
 public:
  GroupTable(std::string title, const std::vector<const KpiSummary*>& figures) : title_(std::move(title)) {
    std::vector<std::string> columns;
    for (const KpiSummary* figure : figures) {
      add_once(rows_, figure->kpi->row);
      add_once(columns, figure->kpi->column);
    }
    for (const std::string& name : columns) add_column(name, figures);
    label_width_ = display_width(title_);
    for (const std::string& row : rows_) label_width_ = std::max(label_width_, display_width(row));
  }

  std::string text(std::size_t width) const {
    std::string out;
    for (std::size_t first = 0; first < columns_.size();) {
      const std::size_t end = end_of_block(first, width);
      out += block(first, end);
      first = end;
    }
    return out;
  }

 private:
  void add_column(const std::string& name, const std::vector<const KpiSummary*>& figures) {
    std::vector<const KpiSummary*> of_column;
    for (const KpiSummary* figure : figures)
      if (figure->kpi->column == name) of_column.push_back(figure);
    const std::string& first_unit = of_column.front()->kpi->unit;
    const bool shared = std::all_of(of_column.begin(), of_column.end(),
                                    [&](const KpiSummary* figure) { return figure->kpi->unit == first_unit; });
    Column column{spaced(name), shared && is_said(first_unit) ? first_unit : "", {}, 0};
    for (const std::string& row : rows_) {
      const auto found = std::find_if(of_column.begin(), of_column.end(),
                                      [&](const KpiSummary* figure) { return figure->kpi->row == row; });
      column.cells.push_back(found == of_column.end() ? "" : cell(**found, shared));
    }
    column.width = std::max(display_width(column.title), display_width(column.unit));
    for (const std::string& one : column.cells) column.width = std::max(column.width, display_width(one));
    columns_.push_back(std::move(column));
  }

  // "%" stands beside its number, "1" says nothing.
  static bool is_said(const std::string& unit) { return unit != "%" && unit != "1"; }

  static std::string cell(const KpiSummary& figure, bool unit_above) {
    const std::string& unit = figure.kpi->unit;
    std::string text = format_quantity(figure.interval.mean, half_width(figure.interval), unit);
    if (!unit_above && is_said(unit) && !std::isnan(figure.interval.mean)) text += ' ' + unit;
    return text;
  }

  std::size_t end_of_block(std::size_t first, std::size_t width) const {
    std::size_t end = first;
    std::size_t used = label_width_;
    while (end < columns_.size() && (end == first || used + kGap + columns_[end].width <= width))
      used += kGap + columns_[end++].width;
    return end;
  }

  std::string block(std::size_t first, std::size_t end) const {
    std::string out = '\n' + line(title_, first, end, [](const Column& column) { return column.title; });
    if (std::any_of(columns_.begin() + first, columns_.begin() + end, [](const Column& c) { return !c.unit.empty(); }))
      out += line("", first, end, [](const Column& column) { return column.unit; });
    for (std::size_t row = 0; row < rows_.size(); ++row)
      out += line(rows_[row], first, end, [row](const Column& column) { return column.cells[row]; });
    return out;
  }

  template <class Pick>
  std::string line(const std::string& label, std::size_t first, std::size_t end, Pick pick) const {
    std::string out = label + padding(label, label_width_);
    for (std::size_t k = first; k < end; ++k) {
      const std::string text = pick(columns_[k]);
      out += std::string(kGap, ' ') + padding(text, columns_[k].width) + text;
    }
    out.erase(out.find_last_not_of(' ') + 1);
    return out + '\n';
  }

  std::string title_;
  std::vector<std::string> rows_;
  std::vector<Column> columns_;
  std::size_t label_width_ = 0;
};

std::string step_name(int days) {
  if (days == 7) return "weeks";
  return days == 1 ? "days" : fmt::format("steps of {} days", days);
}

std::string header(const Report& report) {
  const RunInfo& info = report.info;
  const std::size_t n = report.summary.replications.size();
  std::string out = info.title.empty() ? "" : info.title + '\n';
  const std::string begin = info.first_step == 0 ? "" : fmt::format(" + {} steps", info.first_step);
  out += fmt::format("{} consumers for a market of {} people, {} {} from {}{}, {} replication{}, seed {}\n",
                     with_thousands(static_cast<double>(info.consumers)), with_thousands(info.market_size_people),
                     info.n_steps, step_name(info.step_days), info.start_date, begin, n, n == 1 ? "" : "s", info.seed);
  if (n > 1)
    out += fmt::format("± is the {:g} % interval over {} replications (simulation error)\n", report.summary.level * 100,
                       n);
  else if (n == 1)
    out += "no intervals: they need at least two replications (--replications 2 or more)\n";
  else
    out += "no replication was completed\n";
  return out;
}

std::string title_of(const Report& report, const std::string& group) {
  for (const GroupTitle& known : report.groups)
    if (known.group == group) return known.title;
  return group;
}

}  // namespace

std::string to_text(const Report& report, std::size_t width) {
  std::vector<std::string> groups;
  for (const GroupTitle& known : report.groups) add_once(groups, known.group);
  for (const KpiSummary& figure : report.summary.kpis) add_once(groups, figure.kpi->group);
  std::string out = header(report);
  for (const std::string& group : groups) {
    std::vector<const KpiSummary*> figures;
    for (const KpiSummary& figure : report.summary.kpis)
      if (figure.kpi->group == group) figures.push_back(&figure);
    if (!figures.empty()) out += GroupTable(title_of(report, group), figures).text(width);
  }
  std::vector<std::string> warnings = report.more_warnings;
  warnings.insert(warnings.end(), report.summary.warnings.begin(), report.summary.warnings.end());
  if (!warnings.empty()) out += '\n';
  for (const std::string& warning : warnings) out += "warning: " + warning + '\n';
  if (!report.output.empty()) out += fmt::format("\nresults: {}\n", report.output.string());
  return out;
}

}  // namespace populace
