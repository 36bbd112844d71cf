#include "results/export/csv.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "results/export/table.hpp"
#include "results/hdf5/results_reader.hpp"

namespace populace {
namespace {

namespace fs = std::filesystem;

std::string number_or_nothing(double value) { return std::isnan(value) ? "" : fmt::format("{}", value); }

// One measure, a line per place.
class CounterTable {
 public:
  CounterTable(const ResultsReader& reader, const std::string& group, const Variable& variable, const fs::path& path)
      : reader_(reader), variable_(variable), scale_(ResultsReader::scale(variable)), table_(path) {
    for (const std::string& dim : variable.dims) {
      std::vector<std::string>& axis = axes_.emplace_back();
      for (const std::string& label : reader.labels(group, dim)) axis.push_back(csv_field(label) + ',');
    }
  }

  void write() {
    for (const std::string& dim : variable_.dims) table_.print("{},", csv_field(dim));
    table_.print("value,simulated\n");
    for (std::size_t row = 0; row < variable_.shape.front(); ++row) {
      values_ = reader_.integers(variable_, row, 1);
      next_ = 0;
      write_below(1, axes_.front()[row]);
    }
    table_.commit();
  }

 private:
  void write_below(std::size_t axis, const std::string& prefix) {
    if (axis == axes_.size()) {
      const std::int64_t counter = values_[next_++];
      table_.print("{}{},{}\n", prefix, scale_(static_cast<double>(counter)), counter);
      return;
    }
    for (const std::string& label : axes_[axis]) write_below(axis + 1, prefix + label);
  }

  const ResultsReader& reader_;
  const Variable& variable_;
  Scale scale_;
  Table table_;
  std::vector<std::vector<std::string>> axes_;
  std::vector<std::int64_t> values_;  // of one row
  std::size_t next_ = 0;
};

struct Figures {
  explicit Figures(const ResultsReader& from) : reader(from) {
    for (const char* part : {"kpi", "table", "row", "column", "unit"}) {
      const std::vector<std::string> values = text(part);
      heads.resize(values.size());
      for (std::size_t k = 0; k < values.size(); ++k) heads[k] += csv_field(values[k]) + ',';
    }
  }
  std::vector<std::string> text(const char* name) const {
    return reader.texts(reader.variable(fmt::format("/summary/{}", name)));
  }
  std::vector<double> real(const char* name) const {
    return reader.reals(reader.variable(fmt::format("/summary/{}", name)));
  }

  const ResultsReader& reader;
  std::vector<std::string> heads;  // "kpi,table,row,column,unit," of each figure
};

constexpr const char* kFigureHead = "kpi,table,row,column,unit,";

void write_values(const Figures& figures, const fs::path& path) {
  const std::vector<std::string> replications = figures.reader.labels("/summary", "replication");
  const std::vector<double> values = figures.real("value");
  Table table(path);
  table.print("{}replication,value\n", kFigureHead);
  for (std::size_t k = 0; k < figures.heads.size(); ++k)
    for (std::size_t r = 0; r < replications.size(); ++r)
      table.print("{}{},{}\n", figures.heads[k], replications[r],
                  number_or_nothing(values[k * replications.size() + r]));
  table.commit();
}

void write_summary(const Figures& figures, const fs::path& path) {
  constexpr const char* kColumns[] = {"mean", "standard_error", "low", "high", "present", "simulated_count"};
  std::vector<std::vector<double>> columns;
  Table table(path);
  table.print("{}", kFigureHead);
  for (const char* column : kColumns) {
    columns.push_back(figures.real(column));
    table.print("{},", column);
  }
  table.print("interval_level,description\n");
  const double level = std::get<double>(figures.reader.group_attributes("/summary").at("interval_level"));
  const std::vector<std::string> descriptions = figures.text("description");
  for (std::size_t k = 0; k < figures.heads.size(); ++k) {
    table.print("{}", figures.heads[k]);
    for (const std::vector<double>& column : columns) table.print("{},", number_or_nothing(column[k]));
    table.print("{},{}\n", level, csv_field(descriptions[k]));
  }
  table.commit();
}

const std::string& text_of(const Variable& variable, const char* attribute) {
  return std::get<std::string>(variable.attributes.at(attribute));
}

void write_readme(const ResultsReader& reader, const std::string& tables, const fs::path& path) {
  Table readme(path);
  readme.print(
      "{}\nTables of the results file {}, made by populace {}.\n\n"
      "Text is UTF-8; fields with commas, quotes or line breaks are quoted (RFC 4180); an empty field does not exist.\n"
      "replication  number of the replication\n"
      "time         first day of the step; a flow is counted over the step, a stock at its end\n"
      "value        in the units below, for the whole market of {} people\n"
      "simulated    the integer that was counted over {} simulated consumers\n\n{}\n"
      "kpi.csv      each figure in each replication\n"
      "summary.csv  each figure over the replications: mean, its standard error, the ends of its interval at\n"
      "             interval_level (simulation error), present: replications in which it exists, simulated_count:\n"
      "             simulated events behind it, a mean per replication\n",
      reader.text_attribute("title"), reader.path().filename().string(), reader.text_attribute("populace_version"),
      std::get<double>(reader.attributes().at("market_size")),
      std::get<std::int64_t>(reader.attributes().at("consumers")), tables);
  readme.commit();
}

}  // namespace

void export_csv(const fs::path& results_file, const fs::path& folder) {
  const ResultsReader reader(results_file);
  make_folder(folder);
  std::string tables;
  for (const std::string group : {"cells", "totals"})
    for (const Variable& variable : reader.counters("/" + group)) {
      const std::string name = fmt::format("{}_{}.csv", group, variable.name);
      CounterTable(reader, "/" + group, variable, folder / name).write();
      const bool flow = text_of(variable, "cell_methods") == "time: sum";
      tables += fmt::format("{}: {} [{}], a {}; value = simulated x {}\n", name, text_of(variable, "long_name"),
                            text_of(variable, "market_units"), flow ? "flow" : "stock",
                            ResultsReader::scale(variable).factor());
    }
  const Figures figures(reader);
  write_values(figures, folder / "kpi.csv");
  write_summary(figures, folder / "summary.csv");
  write_readme(reader, tables, folder / "README.txt");
}

}  // namespace populace
