#include "scenarios/parse/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <variant>

#include "scenarios/parse/overrides.hpp"
#include "scenarios/parse/presets.hpp"
#include "scenarios/parse/text_file.hpp"
#include "scenarios/parse/toml_reader.hpp"

namespace populace {
namespace {

namespace fs = std::filesystem;

// Files that a scenario names are relative to the file that names them. After merging they must be relative to one
// folder, the scenario's own.
void rebase_files(Node& node, const fs::path& from, const fs::path& to) {
  for (Node::Member& member : node.members) {
    Node& value = member.value;
    const bool names_file = value.type == Node::Type::kText && (member.key == "csv" || member.key.ends_with("_csv"));
    if (names_file && !value.text.empty() && fs::path(value.text).is_relative())
      value.text = (from / value.text).lexically_normal().lexically_proximate(to.empty() ? "." : to).generic_string();
    rebase_files(value, from, to);
  }
  for (Node& item : node.items) rebase_files(item, from, to);
}

class Loader {
 public:
  explicit Loader(const fs::path& path) : home_(path.parent_path()) {}

  // Reads `path` and what it extends. `named_at` is where its name was written; nullptr: on the command line.
  Node load(const fs::path& path, const Node* named_at) {
    refuse_circle(path, named_at);
    chain_.push_back(path);
    Node node = read(path, named_at);
    Node merged;
    for (const Node* base : bases_of(node)) {
      const fs::path file = file_of(*base, path.parent_path());
      if (!is_laid(file)) merge(merged, load(file, base));
    }
    chain_.pop_back();
    laid_.push_back(path);
    std::erase_if(node.members, [](const Node::Member& member) { return member.key == "extends"; });
    merge(merged, std::move(node));
    return merged;
  }

  std::vector<SourceFile> take_sources() { return std::move(sources_); }

 private:
  // The names that a file extends, in their order: one text, or a list of texts.
  std::vector<const Node*> bases_of(const Node& node) {
    const Node* extends = node.find("extends");
    if (extends == nullptr) return {};
    std::vector<const Node*> names;
    if (extends->is_array())
      for (const Node& item : extends->items) names.push_back(&item);
    else
      names.push_back(extends);
    const auto is_name = [](const Node* name) { return name->type == Node::Type::kText && !name->text.empty(); };
    if (names.empty() || !std::all_of(names.begin(), names.end(), is_name))
      refuse(extends, {}, "must be the name of a file in quotes, or a list of such names",
             R"(write extends = "base.toml" or extends = ["preset:segments", "base.toml"])");
    return names;
  }

  fs::path file_of(const Node& name, const fs::path& folder) {
    if (!is_preset(name.text)) return (folder / name.text).lexically_normal();
    const fs::path file = preset_file(name.text);
    if (file.empty()) refuse(&name, {}, "there is no such preset", preset_hint(name.text));
    return file;
  }

  // A file that several others build on counts once, where it first stands.
  bool is_laid(const fs::path& path) const {
    std::error_code error;
    return std::any_of(laid_.begin(), laid_.end(),
                       [&](const fs::path& earlier) { return fs::equivalent(earlier, path, error); });
  }

  [[noreturn]] void refuse(const Node* named_at, const fs::path& path, const std::string& rule,
                           const std::string& suggestion) {
    if (named_at == nullptr)
      throw ScenarioErrors({{{.file = path.string(), .line = 0, .column = 0, .option = {}, .option_path = {}},
                             "",
                             "",
                             rule,
                             suggestion}});
    throw ScenarioErrors(
        {{named_at->place, "extends", named_at->written, rule, suggestion.empty() ? kRelativeHint : suggestion}});
  }

  void refuse_circle(const fs::path& path, const Node* named_at) {
    std::error_code error;
    const auto same = [&](const fs::path& earlier) { return fs::equivalent(earlier, path, error); };
    const auto first = std::find_if(chain_.begin(), chain_.end(), same);
    if (first == chain_.end()) return;
    std::string circle;
    for (auto file = first; file != chain_.end(); ++file) circle += file->filename().string() + " -> ";
    refuse(named_at, path, fmt::format("files extend each other in a circle: {}{}", circle, path.filename().string()),
           "let one of them extend nothing");
  }

  Node read(const fs::path& path, const Node* named_at) {
    TextFile file = read_text_file(path);
    if (file.problem) {
      const TextProblem& problem = *file.problem;
      if (problem.cannot_open) refuse(named_at, path, problem.rule, problem.suggestion);
      throw ScenarioErrors(
          {{{.file = path.string(), .line = problem.line, .column = problem.column, .option = {}, .option_path = {}},
            "",
            "",
            problem.rule,
            problem.suggestion}});
    }
    auto parsed = parse_toml(file.text, path.string());
    if (Violation* violation = std::get_if<Violation>(&parsed)) throw ScenarioErrors({*violation});
    Node node = std::move(std::get<Node>(parsed));
    if (node.members.empty())
      throw ScenarioErrors({{{.file = path.string(), .line = 0, .column = 0, .option = {}, .option_path = {}},
                             "",
                             "",
                             "holds no key",
                             "start with a table [scenario]"}});
    const std::string preset = preset_name(path);
    sources_.push_back(
        {preset.empty() ? path.lexically_proximate(home_.empty() ? "." : home_).generic_string() : preset,
         std::move(file.text), path.string()});
    rebase_files(node, path.parent_path(), home_);
    return node;
  }

  fs::path home_;
  std::vector<fs::path> chain_, laid_;  // being read; read
  std::vector<SourceFile> sources_;
};

}  // namespace

Document read_document(const fs::path& path, const std::vector<std::string>& overrides,
                       const std::vector<FlagOverride>& flags) {
  Loader loader(path);
  Document document;
  document.root = loader.load(path, nullptr);
  document.sources = loader.take_sources();
  Violations violations;
  for (const std::string& assignment : overrides) apply_set(document.root, assignment, violations);
  for (const FlagOverride& flag : flags)
    apply_override(document.root, flag.flag + " " + flag.value, flag.path, flag.value, violations);
  violations.throw_if_any();
  return document;
}

}  // namespace populace
