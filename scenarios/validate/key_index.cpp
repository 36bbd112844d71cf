#include "scenarios/validate/key_index.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "models/world/market_options.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

// Notes the table of every key of a market of defaults.
class KeyIndexer : public FieldVisitor {
 public:
  using Index = std::map<std::string, std::vector<std::string>>;
  KeyIndexer(Index& index, std::string path) : index_(index), path_(std::move(path)) {}

  void flag(const Field& f, bool&) override { note(f); }
  void integer(const Field& f, std::int64_t&, Range) override { note(f); }
  void number(const Field& f, double&, Range) override { note(f); }
  void text(const Field& f, std::string&) override { note(f); }
  void choice(const Field& f, std::string&, const std::vector<std::string_view>&) override { note(f); }
  void name(const Field& f, std::string&, Kind) override { note(f); }
  void names(const Field& f, std::vector<std::string>&, Kind) override { note(f); }
  void texts(const Field& f, std::vector<std::string>&) override { note(f); }
  void numbers(const Field& f, std::vector<double>&, Range) override { note(f); }
  void matrix(const Field& f, std::vector<std::vector<double>>&, Range) override { note(f); }
  void per_name(const Field& f, PerName&, Kind, Range) override { note(f); }
  void series(const Field& f, Series&, Range) override { note(f); }
  void table(const Field& f, const std::function<void(FieldVisitor&)>& visit) override {
    note(f);
    descend(below(f.key), visit);
  }
  void named_tables(const Field& f, Kind,
                    const std::function<std::function<void(FieldVisitor&)>(const std::string&)>& at) override {
    note(f);
    descend(below(f.key) + ".NAME", at("NAME"));
  }
  void tables(const Field& f, std::size_t n,
              const std::function<std::function<void(FieldVisitor&)>(std::size_t)>& at) override {
    note(f);
    descend(fmt::format("[{}]", below(f.key)), at(n));
  }

 private:
  void note(const Field& f) {
    if (!path_.empty()) index_[std::string(f.key)].push_back(path_);
  }
  std::string below(std::string_view key) const {
    return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  }
  void descend(std::string path, const std::function<void(FieldVisitor&)>& visit) {
    KeyIndexer inner(index_, std::move(path));
    visit(inner);
  }

  Index& index_;
  std::string path_;
};

}  // namespace

std::string where_key_belongs(std::string_view key) {
  static const KeyIndexer::Index index = [] {
    KeyIndexer::Index built;
    MarketOptions market;
    KeyIndexer indexer(built, "");
    market.visit(indexer);
    return built;
  }();
  auto found = index.find(std::string(key));
  if (found == index.end()) {
    std::vector<std::string> keys;
    for (const auto& [known, tables] : index) keys.push_back(known);
    found = index.find(closest(key, keys));
    if (found == index.end()) return "";
  }
  constexpr std::size_t kFew = 3;
  if (found->second.size() > kFew) return "";
  std::string tables;
  for (const std::string& table : found->second) tables += fmt::format("{}[{}]", tables.empty() ? "" : " or ", table);
  return fmt::format("{} belongs to {}", found->first, tables);
}

}  // namespace populace
