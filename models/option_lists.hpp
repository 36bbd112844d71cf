// Visiting options that a scenario has several of: named tables [kind.NAME], and lists of tables [[kind]].
#pragma once
#include <string>
#include <vector>

#include "sim/base/fields.hpp"

namespace populace {

// Items with a `name`; one that is not there yet is appended.
template <class Item>
void visit_named(FieldVisitor& v, const Field& field, Kind kind, std::vector<Item>& items) {
  v.named_tables(field, kind, [&items](const std::string& name) {
    std::size_t index = 0;
    while (index < items.size() && items[index].name != name) ++index;
    if (index == items.size()) items.emplace_back().name = name;
    return [&items, index](FieldVisitor& t) { items[index].visit(t); };
  });
}

template <class Item>
void visit_list(FieldVisitor& v, const Field& field, std::vector<Item>& items) {
  v.tables(field, items.size(), [&items](std::size_t index) {
    if (index >= items.size()) items.resize(index + 1);
    return [&items, index](FieldVisitor& t) { items[index].visit(t); };
  });
}

}  // namespace populace
