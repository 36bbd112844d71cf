#include "scenarios/validate/field_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "scenarios/validate/key_index.hpp"
#include "scenarios/validate/names.hpp"
#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

// "5" and "5 %" are numbers in quotes.
std::string unquoted_number_hint(const Node& node) {
  if (node.type != Node::Type::kText) return "";
  double value = 0;
  const char* end = node.text.data() + node.text.size();
  const auto [stop, error] = std::from_chars(node.text.data(), end, value);
  const std::string_view rest(stop, static_cast<std::size_t>(end - stop));
  if (error != std::errc{}) return "";
  if (rest.empty()) return fmt::format("write {} without quotes", node.text);
  return rest == "%" || rest == " %" ? fmt::format("write {} % as {}", plain(value), plain(value / 100)) : "";
}

}  // namespace

const Node* FieldReader::take(const Field& field) {
  known_.emplace_back(field.key);
  const Node* node = table_.find(field.key);
  if (node != nullptr) reading_.given[(path_ / field.key).str()] = {node->place, node->written};
  return node;
}

void FieldReader::refuse(const Node& node, const KeyPath& path, const std::string& rule,
                         const std::string& suggestion) {
  reading_.violations.add({node.place, path.str(), node.written, rule, suggestion});
}

void FieldReader::refuse_type(const Node& node, const KeyPath& path, std::string_view wanted,
                              const std::string& suggestion) {
  const std::string hint =
      suggestion.empty() && wanted.find("number") != std::string_view::npos ? unquoted_number_hint(node) : suggestion;
  refuse(node, path, fmt::format("must be {}, not {}", wanted, name_of(node.type)), hint);
}

void FieldReader::flag(const Field& field, bool& value) {
  const Node* node = take(field);
  if (node == nullptr) return;
  if (node->type != Node::Type::kFlag)
    return refuse_type(*node, path_ / field.key, "true or false", "write true or false, without quotes");
  value = node->flag;
}

bool FieldReader::read_number(const Node& node, const KeyPath& path, Range range, double& value) {
  if (node.is_table() && node.find("mean") != nullptr) return read_prior(node, path, range, value);
  if (!node.is_number()) {
    refuse_type(node, path, "a number");
    return false;
  }
  if (!in_range(node.number, range)) {
    refuse(node, path, range_rule(range), range_hint(node.number, range));
    return false;
  }
  value = node.number;
  return true;
}

bool FieldReader::read_prior(const Node& node, const KeyPath& path, Range range, double& value) {
  static constexpr std::string_view kDistributions[] = {"normal", "log_normal", "beta", "uniform"};
  Prior prior{path.str(), 0, 0, default_distribution(range), range};
  bool good = node.find("sd") != nullptr;
  if (!good) refuse(node, path, "has a mean, but no sd", "write { mean = …, sd = … }, or the number alone");
  for (const Node::Member& member : node.members) {
    const KeyPath below = path / member.key;
    reading_.given[below.str()] = {member.value.place, member.value.written};
    if (member.key == "mean") {
      good = read_number(member.value, below, range, prior.mean) && good;
    } else if (member.key == "sd") {
      good = read_number(member.value, below, kPositive, prior.sd) && good;
    } else if (member.key == "distribution") {
      prior.distribution = member.value.text;
      if (std::find(std::begin(kDistributions), std::end(kDistributions), prior.distribution) !=
          std::end(kDistributions))
        continue;
      refuse(member.value, below, R"(must be one of "normal", "log_normal", "beta", "uniform")",
             did_you_mean(prior.distribution, {"normal", "log_normal", "beta", "uniform"}));
      good = false;
    } else {
      refuse(member.value, below, "unknown key; a prior has mean, sd and distribution",
             did_you_mean(member.key, {"mean", "sd", "distribution"}));
      good = false;
    }
  }
  if (!good) return false;
  if (const std::string fault = fault_of(prior); !fault.empty()) {
    refuse(node, path, fault);
    return false;
  }
  reading_.priors.push_back(prior);
  value = prior.mean;
  return true;
}

void FieldReader::integer(const Field& field, std::int64_t& value, Range range) {
  const Node* node = take(field);
  if (node == nullptr) return;
  const KeyPath path = path_ / field.key;
  double number = 0;
  if (!node->is_number()) return refuse_type(*node, path, "a whole number");
  if (std::isfinite(node->number) && node->number != std::floor(node->number))
    return refuse(*node, path, "must be a whole number",
                  fmt::format("write {} or {}", plain(std::floor(node->number)), plain(std::ceil(node->number))));
  if (!read_number(*node, path, range, number)) return;
  value = node->type == Node::Type::kInteger ? node->integer : static_cast<std::int64_t>(number);
}

void FieldReader::number(const Field& field, double& value, Range range) {
  if (const Node* node = take(field)) read_number(*node, path_ / field.key, range, value);
}

void FieldReader::text(const Field& field, std::string& value) {
  const Node* node = take(field);
  if (node == nullptr) return;
  if (node->type != Node::Type::kText && node->type != Node::Type::kDate)
    return refuse_type(*node, path_ / field.key, "a text in quotes",
                       node->is_number() ? "write " + quoted_text(node->written) : "");
  value = node->text;
}

void FieldReader::choice(const Field& field, std::string& value, const std::vector<std::string_view>& allowed) {
  const Node* node = take(field);
  if (node == nullptr) return;
  if (node->type == Node::Type::kText && std::find(allowed.begin(), allowed.end(), node->text) != allowed.end()) {
    value = node->text;
    return;
  }
  std::vector<std::string> words, quoted;
  for (const std::string_view word : allowed) {
    if (word.empty()) continue;
    words.emplace_back(word);
    quoted.push_back(quoted_text(word));
  }
  refuse(*node, path_ / field.key, (quoted.size() == 1 ? "must be " : "must be one of ") + listed(quoted),
         node->type == Node::Type::kText ? did_you_mean(node->text, words) : "");
}

void FieldReader::refer(const Node& node, const KeyPath& path, const std::string& name, Kind kind) {
  reading_.references.push_back({path, {node.place, path.str(), node.written, "", ""}, name, kind});
}

void FieldReader::name(const Field& field, std::string& value, Kind kind) {
  const Node* node = take(field);
  if (node == nullptr) return;
  const KeyPath path = path_ / field.key;
  if (node->type != Node::Type::kText) return refuse_type(*node, path, fmt::format("the name of a {} in quotes", kind));
  value = node->text;
  if (!value.empty()) refer(*node, path, value, kind);
}

std::vector<std::string> FieldReader::read_texts(const Node& node, const KeyPath& path) {
  std::vector<std::string> texts;
  if (!node.is_array()) {
    const std::string hint = node.type == Node::Type::kText ? fmt::format("write [{}]", node.written) : "";
    refuse_type(node, path, "a list of texts in quotes", hint);
    return texts;
  }
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Node& item = node.items[i];
    if (item.type != Node::Type::kText)
      refuse_type(item, path[i], "a text in quotes");
    else if (std::find(texts.begin(), texts.end(), item.text) != texts.end())
      refuse(item, path[i], "stands in the list twice", "keep one of the two");
    else
      texts.push_back(item.text);
    reading_.given[path[i].str()] = {item.place, item.written};
  }
  return texts;
}

void FieldReader::names(const Field& field, std::vector<std::string>& value, Kind kind) {
  const Node* node = take(field);
  if (node == nullptr) return;
  const KeyPath path = path_ / field.key;
  value = read_texts(*node, path);
  for (std::size_t i = 0; i < node->items.size(); ++i)
    if (node->items[i].type == Node::Type::kText) refer(node->items[i], path[i], node->items[i].text, kind);
}

void FieldReader::texts(const Field& field, std::vector<std::string>& value) {
  if (const Node* node = take(field)) value = read_texts(*node, path_ / field.key);
}

bool FieldReader::read_numbers(const Node& node, const KeyPath& path, Range range, std::vector<double>& values) {
  if (!node.is_array()) {
    refuse_type(node, path, "a list of numbers");
    return false;
  }
  bool good = true;
  values.assign(node.items.size(), 0);
  for (std::size_t i = 0; i < node.items.size(); ++i)
    good = read_number(node.items[i], path[i], range, values[i]) && good;
  return good;
}

void FieldReader::numbers(const Field& field, std::vector<double>& value, Range range) {
  if (const Node* node = take(field)) read_numbers(*node, path_ / field.key, range, value);
}

void FieldReader::matrix(const Field& field, std::vector<std::vector<double>>& value, Range range) {
  const Node* node = take(field);
  if (node == nullptr) return;
  const KeyPath path = path_ / field.key;
  if (!node->is_array()) return refuse_type(*node, path, "a list of rows [[…], […]]");
  value.assign(node->items.size(), {});
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    reading_.given[path[i].str()] = {node->items[i].place, node->items[i].written};
    read_numbers(node->items[i], path[i], range, value[i]);
  }
}

}  // namespace populace
