#include "scenarios/parse/overrides.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <variant>

#include "scenarios/parse/toml_reader.hpp"

namespace populace {
namespace {

bool is_bare_word(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0 ||
           std::string_view("_-./: ").find(c) != std::string_view::npos;
  };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !text.empty() && !is_digit(text.front()) && text.front() != '-' && text.front() != ' ' &&
         std::all_of(text.begin(), text.end(), fits);
}

void place_all(Node& node, const Place& place) {
  node.place = node.key_place = place;
  for (Node::Member& member : node.members) place_all(member.value, place);
  for (Node& item : node.items) place_all(item, place);
}

std::optional<Node> read_value(const std::string& value) {
  if (value.find('\n') == std::string::npos) {
    auto parsed = parse_toml("value = " + value, "");
    if (Node* table = std::get_if<Node>(&parsed); table != nullptr && table->members.size() == 1)
      return std::move(table->members.front().value);
  }
  if (!is_bare_word(value)) return std::nullopt;
  Node word;
  word.type = Node::Type::kText;
  word.text = value;
  word.written = quoted_text(value);
  return word;
}

class Setter {
 public:
  Setter(Place place, Violations& violations) : place_(std::move(place)), violations_(violations) {}

  // The node that `path` names, made when it does not exist; nullptr after a complaint.
  Node* descend(Node& root, const KeyPath& path) {
    Node* node = &root;
    KeyPath walked;
    for (const std::string& part : path.parts()) {
      node = KeyPath::index_of(part) ? step_into_list(*node, walked, part) : step_into_table(*node, walked, part);
      if (node == nullptr) return nullptr;
      walked = walked / part;
    }
    return node;
  }

 private:
  Node* refuse(const std::string& rule, const std::string& suggestion = "") {
    violations_.add({place_, place_.option_path, "", rule, suggestion});
    return nullptr;
  }

  Node* step_into_list(Node& node, const KeyPath& walked, std::string_view part) {
    const std::size_t index = *KeyPath::index_of(part);
    if (!node.is_array())
      return refuse(fmt::format("{} {}, so it has no part {}", walked.str(),
                                node.made_by_option ? "is not given" : "is not a list", part));
    if (index >= node.items.size())
      return refuse(fmt::format("{} has {} parts, counted from [0]", walked.str(), node.items.size()));
    return &node.items[index];
  }

  Node* step_into_table(Node& node, const KeyPath& walked, const std::string& part) {
    if (node.is_array())
      return refuse(fmt::format("{} is a list of {} parts", walked.str(), node.items.size()),
                    fmt::format("name one of them: {}[0].{}", walked.str(), part));
    if (!node.is_table())
      return refuse(
          fmt::format("{} is {} ({}), so nothing can be set below it", walked.str(), node.written, node.place.str()),
          fmt::format("set the whole of it, as in --set '{}={{ all = {}, {} = … }}'", walked.str(), node.written,
                      quoted_key(part)));
    if (Node* found = node.find(part)) return found;
    Node made;
    made.place = made.key_place = place_;
    made.made_by_option = true;
    node.members.push_back({part, std::move(made)});
    return &node.members.back().value;
  }

  Place place_;
  Violations& violations_;
};

// Position of the "=" between key and value: the first that is outside quotes.
std::size_t find_equals(const std::string& text) {
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quote != 0) {
      if (text[i] == quote) quote = 0;
    } else if (text[i] == '"' || text[i] == '\'') {
      quote = text[i];
    } else if (text[i] == '=') {
      return i;
    }
  }
  return std::string::npos;
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

void apply_override(Node& root, const std::string& option, const std::string& path, const std::string& value,
                    Violations& violations) {
  Place place{.file = {}, .line = 0, .column = 0, .option = option, .option_path = path};
  const auto keys = KeyPath::parse(path);
  if (!keys) {
    violations.add({place, path, "", fmt::format("{} is not a key path", quoted_text(path)),
                    "write it as campaign.spring.budget_money=1000000"});
    return;
  }
  place.option_path = keys->str();
  std::optional<Node> node = read_value(value);
  if (!node) {
    violations.add(
        {place, place.option_path, "", fmt::format("`{}` is not a TOML value", value),
         R"(write a number, true, false, a list [1, 2], or a text in quotes: --set 'scenario.title="two words"')"});
    return;
  }
  place_all(*node, place);
  Node* target = Setter(place, violations).descend(root, *keys);
  if (target != nullptr) *target = std::move(*node);
}

void apply_set(Node& root, const std::string& assignment, Violations& violations) {
  const std::size_t equals = find_equals(assignment);
  const std::string option = "--set " + assignment;
  if (equals == std::string::npos) {
    violations.add({{.file = {}, .line = 0, .column = 0, .option = option, .option_path = assignment},
                    assignment,
                    "",
                    "has no \"=\"",
                    "write --set key.path=value"});
    return;
  }
  apply_override(root, option, trimmed(assignment.substr(0, equals)), trimmed(assignment.substr(equals + 1)),
                 violations);
}

}  // namespace populace
