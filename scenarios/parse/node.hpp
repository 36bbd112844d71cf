// A scenario file as a tree whose every value knows where it was written. Tables keep the order of the file.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/parse/violation.hpp"

namespace populace {

struct Node {
  enum class Type { kTable, kArray, kText, kInteger, kNumber, kFlag, kDate };
  struct Member;

  Type type = Type::kTable;
  Place place;          // of the value
  Place key_place;      // of its key
  std::string written;  // as the user wrote it, shortened; empty for tables
  std::string text;     // of kText and kDate
  std::int64_t integer = 0;
  double number = 0;  // of kNumber and kInteger
  bool flag = false;
  std::vector<Member> members;  // of kTable
  std::vector<Node> items;      // of kArray
  bool is_inline = false;       // written { … }
  bool made_by_option = false;  // a table that exists only because an option's key path goes through it

  bool is_table() const { return type == Type::kTable; }
  bool is_array() const { return type == Type::kArray; }
  bool is_number() const { return type == Type::kNumber || type == Type::kInteger; }
  // An array of tables, as [[key]] writes it.
  bool is_tables() const;
  Node* find(std::string_view key);
  const Node* find(std::string_view key) const;
};

struct Node::Member {
  std::string key;
  Node value;
};

// "a table", "a text", …: what a node is, for messages.
std::string_view name_of(Node::Type type);

// Lays `over` on `base` table by table and key by key; arrays and values replace. What is new comes last.
void merge(Node& base, Node over);

// The tree as TOML that reads to the same tree. Comments live in the stored sources.
std::string to_toml(const Node& root);

}  // namespace populace
