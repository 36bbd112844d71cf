#include "scenarios/data/data_files.hpp"

#include <fmt/format.h>

#include "scenarios/parse/text_file.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {

const CsvTable* DataFiles::csv(const Violation& named, const std::string& name) {
  if (const auto known = tables_.find(name); known != tables_.end()) return known->second.get();
  std::unique_ptr<CsvTable>& table = tables_[name];
  const std::filesystem::path path = (folder_ / name).lexically_normal();
  TextFile file = read_text_file(path);
  if (file.problem) {
    Violation violation = named;
    violation.rule = fmt::format("file {} {}", quoted_text(name), file.problem->rule);
    violation.suggestion = file.problem->suggestion.empty() ? kRelativeHint : file.problem->suggestion;
    if (file.problem->line > 0)
      violation = {{.file = path.string(),
                    .line = file.problem->line,
                    .column = file.problem->column,
                    .option = {},
                    .option_path = {}},
                   "",
                   "",
                   file.problem->rule,
                   file.problem->suggestion};
    violations_.add(std::move(violation));
    return nullptr;
  }
  if (auto parsed = parse_csv(path.string(), file.text, violations_))
    table = std::make_unique<CsvTable>(std::move(*parsed));
  sources_.push_back({name, std::move(file.text)});
  return table.get();
}

std::size_t DataFiles::column(const CsvTable& table, const std::string& name, const Violation& named) {
  if (const auto index = table.column(name)) return *index;
  Violation violation = named;
  violation.rule = fmt::format("{} has no column {}", table.file, quoted_text(name));
  violation.suggestion = suggest(name, table.columns, "its columns are");
  violations_.add(std::move(violation));
  return std::string::npos;
}

}  // namespace populace
