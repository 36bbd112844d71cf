// Text tables and numbers as people read them.
#pragma once
#include <string>
#include <vector>

namespace populace {

// 1,234,567 or 0.05.
std::string grouped(double value);

// Columns padded to their widest cell (in characters, not bytes), separated by two spaces, indented by two. The first
// row is the header and is underlined. Columns named in `right` are flush right.
std::string aligned(const std::vector<std::vector<std::string>>& rows, const std::vector<std::size_t>& right = {});

// Characters that a UTF-8 text shows; a wide (CJK) one counts as two.
std::size_t shown_width(const std::string& text);

}  // namespace populace
