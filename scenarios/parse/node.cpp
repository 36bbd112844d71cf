#include "scenarios/parse/node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace populace {
namespace {

std::string number_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  std::string text = fmt::format("{}", value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string value_text(const Node& node) {
  std::string text;
  switch (node.type) {
    case Node::Type::kText:
      return quoted_text(node.text);
    case Node::Type::kDate:
      return node.text;
    case Node::Type::kInteger:
      return fmt::format("{}", node.integer);
    case Node::Type::kNumber:
      return number_text(node.number);
    case Node::Type::kFlag:
      return node.flag ? "true" : "false";
    case Node::Type::kArray:
      for (const Node& item : node.items) text += (text.empty() ? "" : ", ") + value_text(item);
      return fmt::format("[{}]", text);
    case Node::Type::kTable:
      for (const Node::Member& member : node.members)
        text += (text.empty() ? " " : ", ") + quoted_key(member.key) + " = " + value_text(member.value);
      return text.empty() ? "{}" : "{" + text + " }";
  }
  return text;
}

bool stands_in_line(const Node& node) { return node.is_table() ? node.is_inline : !node.is_tables(); }

void write_table(const Node& table, const KeyPath& path, std::string& out) {
  for (const Node::Member& member : table.members)
    if (stands_in_line(member.value)) out += quoted_key(member.key) + " = " + value_text(member.value) + "\n";
  for (const auto& [key, value] : table.members) {
    if (stands_in_line(value)) continue;
    const KeyPath below = path / key;
    if (value.is_array()) {
      for (const Node& item : value.items) {
        out += fmt::format("\n[[{}]]\n", below.str());
        write_table(item, below, out);
      }
      continue;
    }
    // A table of tables only needs no header of its own; an empty one does.
    const auto in_line = [](const Node::Member& member) { return stands_in_line(member.value); };
    if (value.members.empty() || std::any_of(value.members.begin(), value.members.end(), in_line))
      out += fmt::format("\n[{}]\n", below.str());
    write_table(value, below, out);
  }
}

}  // namespace

bool Node::is_tables() const {
  return is_array() && !items.empty() &&
         std::all_of(items.begin(), items.end(), [](const Node& item) { return item.is_table() && !item.is_inline; });
}

const Node* Node::find(std::string_view key) const {
  for (const Member& member : members)
    if (member.key == key) return &member.value;
  return nullptr;
}

Node* Node::find(std::string_view key) { return const_cast<Node*>(static_cast<const Node*>(this)->find(key)); }

std::string_view name_of(Node::Type type) {
  switch (type) {
    case Node::Type::kTable:
      return "a table";
    case Node::Type::kArray:
      return "a list";
    case Node::Type::kText:
      return "a text";
    case Node::Type::kInteger:
    case Node::Type::kNumber:
      return "a number";
    case Node::Type::kFlag:
      return "true or false";
    case Node::Type::kDate:
      return "a date";
  }
  return "a value";
}

void merge(Node& base, Node over) {
  for (Node::Member& member : over.members) {
    Node* old = base.find(member.key);
    if (old == nullptr) {
      base.members.push_back(std::move(member));
    } else if (old->is_table() && member.value.is_table()) {
      old->is_inline = old->is_inline && member.value.is_inline;
      old->made_by_option = old->made_by_option && member.value.made_by_option;
      merge(*old, std::move(member.value));
    } else {
      *old = std::move(member.value);
    }
  }
}

std::string to_toml(const Node& root) {
  std::string out;
  write_table(root, {}, out);
  return out;
}

}  // namespace populace
