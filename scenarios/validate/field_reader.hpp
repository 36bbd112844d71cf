// Fills the options from the tree. Every key is checked by itself here (known, type, range, allowed values); what
// several keys mean together is checked by the rules.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "models/world/market_options.hpp"
#include "scenarios/data/data_files.hpp"
#include "scenarios/parse/node.hpp"
#include "scenarios/parse/path.hpp"
#include "scenarios/parse/violation.hpp"
#include "scenarios/uncertainty/prior.hpp"
#include "sim/base/fields.hpp"

namespace populace {

// A key that the user gave, and how.
struct Given {
  Place place;
  std::string written;
};
using GivenKeys = std::map<std::string, Given>;  // by key path

// A name used where one of `kind` must stand, checked when all names are known.
struct Reference {
  KeyPath path;
  Violation named;  // place, path and value
  std::string name;
  Kind kind;
};

// What reading has found so far.
struct Reading {
  MarketOptions& market;
  Violations& violations;
  DataFiles& files;
  GivenKeys given;
  std::vector<Reference> references;
  std::vector<Prior> priors;
};

class FieldReader : public FieldVisitor {
 public:
  FieldReader(Reading& reading, const Node& table, KeyPath path)
      : reading_(reading), table_(table), path_(std::move(path)) {}

  void flag(const Field& field, bool& value) override;
  void integer(const Field& field, std::int64_t& value, Range range) override;
  void number(const Field& field, double& value, Range range) override;
  void text(const Field& field, std::string& value) override;
  void choice(const Field& field, std::string& value, const std::vector<std::string_view>& allowed) override;
  void name(const Field& field, std::string& value, Kind kind) override;
  void names(const Field& field, std::vector<std::string>& value, Kind kind) override;
  void texts(const Field& field, std::vector<std::string>& value) override;
  void numbers(const Field& field, std::vector<double>& value, Range range) override;
  void matrix(const Field& field, std::vector<std::vector<double>>& value, Range range) override;
  void per_name(const Field& field, PerName& value, Kind kind, Range range) override;
  void series(const Field& field, Series& value, Range range) override;
  void table(const Field& field, const std::function<void(FieldVisitor&)>& visit) override;
  void named_tables(const Field& field, Kind kind,
                    const std::function<std::function<void(FieldVisitor&)>(const std::string&)>& at) override;
  void tables(const Field& field, std::size_t n,
              const std::function<std::function<void(FieldVisitor&)>(std::size_t)>& at) override;

  // Call when all keys of the table were visited: refuses the others.
  void refuse_unknown_keys();

 private:
  // The value of a key, noted as known and given; nullptr when it was not written.
  const Node* take(const Field& field);
  void refuse(const Node& node, const KeyPath& path, const std::string& rule, const std::string& suggestion = "");
  // Complains of a value of the wrong type: `wanted` is "a number".
  void refuse_type(const Node& node, const KeyPath& path, std::string_view wanted, const std::string& suggestion = "");
  bool read_number(const Node& node, const KeyPath& path, Range range, double& value);
  // { mean = …, sd = …, distribution = "…" }
  bool read_prior(const Node& node, const KeyPath& path, Range range, double& value);
  bool read_numbers(const Node& node, const KeyPath& path, Range range, std::vector<double>& values);
  std::vector<std::string> read_texts(const Node& node, const KeyPath& path);
  void read_points(const Node& node, const KeyPath& path, Range range, Series& value);
  void read_csv_series(const Node& node, const KeyPath& path, Range range, Series& value);
  void read_by_name(const Node& node, const KeyPath& path, Kind kind, Range range, const std::string& prefix,
                    PerName& value);
  void read_named(const Node::Member& member, const KeyPath& path, Kind kind,
                  const std::function<std::function<void(FieldVisitor&)>(const std::string&)>& at);
  void visit_table(const Node& node, const KeyPath& path, const std::function<void(FieldVisitor&)>& visit);
  void refer(const Node& node, const KeyPath& path, const std::string& name, Kind kind);
  bool is_new_by_option(const Node::Member& member, const KeyPath& path, Kind kind);

  Reading& reading_;
  const Node& table_;
  KeyPath path_;
  std::vector<std::string> known_;
};

}  // namespace populace
