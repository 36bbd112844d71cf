// An HDF5 file of ours opened for reading, without its library in sight: groups, variables with their dimensions,
// values and attributes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "results/hdf5/handle.hpp"

namespace populace {

using AttributeValue = std::variant<std::string, std::int64_t, double, std::vector<std::int64_t>>;
using Attributes = std::map<std::string, AttributeValue>;

enum class ValueKind { kInteger, kReal, kText, kBytes };

struct Variable {
  std::string path;               // "/cells/orders"
  std::string name;               // "orders"
  std::vector<std::string> dims;  // names of its axes; empty where an axis has no coordinate
  std::vector<std::size_t> shape;
  ValueKind kind = ValueKind::kInteger;
  Attributes attributes;  // without those by which HDF5 ties dimensions together
  std::size_t size() const;
  bool is_coordinate() const { return dims.size() == 1 && dims.front() == name; }
};

class InputFile {
 public:
  // Throws FileError when the file is missing, no HDF5, truncated, or not of this `filetype`; `what` names what was
  // wanted ("a results file"). Files of a newer major format than `format_major` are refused too.
  InputFile(const std::filesystem::path& path, const std::string& filetype, std::int64_t format_major);

  const std::filesystem::path& path() const { return path_; }
  const Attributes& attributes() const { return attributes_; }
  const std::string& text_attribute(const std::string& name) const;

  std::vector<std::string> groups() const;  // "/cells", in order of creation; groups below follow theirs
  Attributes group_attributes(const std::string& group) const;
  std::vector<Variable> variables(const std::string& group) const;  // in order of creation
  Variable variable(const std::string& path) const;

  // All values, or those of `n` rows from row `first` along the first axis; row-major.
  std::vector<std::int64_t> integers(const Variable& variable) const;
  std::vector<std::int64_t> integers(const Variable& variable, std::size_t first, std::size_t n) const;
  std::vector<double> reals(const Variable& variable) const;
  std::vector<std::string> texts(const Variable& variable) const;
  std::vector<std::byte> bytes(const Variable& variable) const;

 private:
  template <class Read>
  auto attempt(Read&& read) const;

  std::filesystem::path path_;
  Handle file_;
  Attributes attributes_;
};

}  // namespace populace
