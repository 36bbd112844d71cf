#include "results/hdf5/input_file.hpp"

#include <fmt/format.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <functional>
#include <numeric>

#include "sim/base/contracts.hpp"

namespace populace {
namespace {

Handle open_file(const std::filesystem::path& path) {
  silence_hdf5();
  const std::string name = path.string();
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    throw FileError(fmt::format("cannot read {}: there is no such file", name));
  if (!std::filesystem::is_regular_file(path, error))
    throw FileError(fmt::format("cannot read {}: it is not a file", name));
  try {
    return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "open a file"};
  } catch (const Hdf5Error& reason) {
    const std::string text = reason.what();
    if (text.find("truncated") != std::string::npos)
      throw FileError(fmt::format("cannot read {}: it is truncated; write or copy it again", name));
    if (text.find("signature") != std::string::npos)
      throw FileError(fmt::format("cannot read {}: it is not a file that populace wrote (not HDF5)", name));
    throw FileError(fmt::format("cannot read {}: {}", name, text));
  }
}

bool is_variable_text(hid_t type) { return H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0; }

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
  check_hdf5(H5Tset_size(type.id(), H5T_VARIABLE), "make a text type");
  check_hdf5(H5Tset_cset(type.id(), H5T_CSET_UTF8), "make a text type");
  return type;
}

std::vector<std::string> own(std::vector<char*>& pointers) {
  std::vector<std::string> out;
  out.reserve(pointers.size());
  for (char* pointer : pointers) {
    out.emplace_back(pointer == nullptr ? "" : pointer);
    H5free_memory(pointer);
  }
  return out;
}

std::size_t points_in(hid_t space) {
  return static_cast<std::size_t>(check_hdf5(H5Sget_simple_extent_npoints(space), "look at a dataspace"));
}

AttributeValue read_attribute(hid_t attribute) {
  const Handle type(H5Aget_type(attribute), H5Tclose, "look at an attribute");
  const Handle space(H5Aget_space(attribute), H5Sclose, "look at an attribute");
  const std::size_t n = points_in(space.id());
  if (is_variable_text(type.id()) && n == 1) {
    std::vector<char*> pointer(1);
    check_hdf5(H5Aread(attribute, text_type().id(), pointer.data()), "read an attribute");
    return own(pointer).front();
  }
  if (H5Tget_class(type.id()) == H5T_INTEGER) {
    std::vector<std::int64_t> values(n);
    check_hdf5(H5Aread(attribute, H5T_NATIVE_INT64, values.data()), "read an attribute");
    if (H5Sget_simple_extent_ndims(space.id()) > 0) return values;
    return values.at(0);
  }
  double value = 0;
  if (H5Tget_class(type.id()) != H5T_FLOAT || n != 1) throw Hdf5Error("an attribute has an unknown type");
  check_hdf5(H5Aread(attribute, H5T_NATIVE_DOUBLE, &value), "read an attribute");
  return value;
}

bool ties_dimensions(std::string_view name) {
  return name == "CLASS" || name == "NAME" || name == "REFERENCE_LIST" || name == "DIMENSION_LIST";
}

Attributes read_attributes(hid_t object) {
  std::vector<std::string> names;
  const auto take = [](hid_t, const char* name, const H5A_info_t*, void* into) -> herr_t {
    static_cast<std::vector<std::string>*>(into)->emplace_back(name);
    return 0;
  };
  check_hdf5(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, take, &names), "list attributes");
  Attributes out;
  for (const std::string& name : names) {
    if (ties_dimensions(name)) continue;
    const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "open an attribute");
    out.emplace(name, read_attribute(attribute.id()));
  }
  return out;
}

// Names of the links of a group that are of `kind`, in order of creation.
std::vector<std::string> names_in(hid_t group, H5O_type_t kind) {
  struct Found {
    H5O_type_t kind;
    std::vector<std::string> names;
  } found{kind, {}};
  const auto take = [](hid_t parent, const char* name, const H5L_info_t*, void* into) -> herr_t {
    auto* out = static_cast<Found*>(into);
    H5O_info_t info;
    if (H5Oget_info_by_name2(parent, name, &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) return -1;
    if (info.type == out->kind) out->names.emplace_back(name);
    return 0;
  };
  check_hdf5(H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, take, &found), "list a group");
  return std::move(found.names);
}

Handle open_group(const Handle& file, const std::string& group) {
  return {H5Gopen2(file.id(), group.c_str(), H5P_DEFAULT), H5Gclose, "open a group"};
}

Handle open_dataset(const Handle& file, const std::string& path) {
  return {H5Dopen2(file.id(), path.c_str(), H5P_DEFAULT), H5Dclose, "open a dataset"};
}

std::string last_part(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

std::string axis_name(hid_t dataset, unsigned axis) {
  std::string name;
  const auto take = [](hid_t, unsigned, hid_t scale, void* into) -> herr_t {
    std::string path(static_cast<std::size_t>(std::max<ssize_t>(H5Iget_name(scale, nullptr, 0), 0)), '\0');
    H5Iget_name(scale, path.data(), path.size() + 1);
    *static_cast<std::string*>(into) = last_part(path);
    return 1;
  };
  check_hdf5(H5DSiterate_scales(dataset, axis, nullptr, take, &name), "find the name of an axis");
  return name;
}

ValueKind kind_of(hid_t type) {
  switch (H5Tget_class(type)) {
    case H5T_INTEGER:
      return H5Tget_size(type) == 1 ? ValueKind::kBytes : ValueKind::kInteger;
    case H5T_FLOAT:
      return ValueKind::kReal;
    case H5T_STRING:
      if (is_variable_text(type)) return ValueKind::kText;
      break;
    default:
      break;
  }
  throw Hdf5Error("a dataset has an unknown type");
}

Variable describe(const Handle& file, const std::string& path) {
  const Handle dataset = open_dataset(file, path);
  const Handle space(H5Dget_space(dataset.id()), H5Sclose, "look at a dataset");
  const Handle type(H5Dget_type(dataset.id()), H5Tclose, "look at a dataset");
  std::vector<hsize_t> extent(static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space.id()))));
  check_hdf5(H5Sget_simple_extent_dims(space.id(), extent.data(), nullptr), "look at a dataset");
  Variable out{
      path, last_part(path), {}, {extent.begin(), extent.end()}, kind_of(type.id()), read_attributes(dataset.id())};
  if (H5DSis_scale(dataset.id()) > 0)
    out.dims = {out.name};
  else
    for (unsigned axis = 0; axis < extent.size(); ++axis) out.dims.push_back(axis_name(dataset.id(), axis));
  return out;
}

void read_everything(const Handle& file, const Variable& variable, hid_t memory_type, void* into) {
  if (variable.size() == 0) return;
  const Handle dataset = open_dataset(file, variable.path);
  check_hdf5(H5Dread(dataset.id(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, into), "read a dataset");
}

}  // namespace

std::size_t Variable::size() const {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

template <class Read>
auto InputFile::attempt(Read&& read) const {
  try {
    return read();
  } catch (const Hdf5Error& error) {
    throw FileError(fmt::format("cannot read {}: {}; it may be damaged", path_.string(), error.what()));
  }
}

InputFile::InputFile(const std::filesystem::path& path, const std::string& filetype, std::int64_t format_major)
    : path_(path), file_(open_file(path)) {
  attributes_ = attempt([&] { return read_attributes(file_.id()); });
  const auto type = attributes_.find("filetype");
  const auto* found = type == attributes_.end() ? nullptr : std::get_if<std::string>(&type->second);
  if (found == nullptr || *found != filetype)
    throw FileError(fmt::format("cannot read {}: it is {}, not \"{}\"", path.string(),
                                found == nullptr ? "HDF5 of another program" : fmt::format("\"{}\"", *found),
                                filetype));
  const auto version = attributes_.find("format_version");
  const auto* numbers =
      version == attributes_.end() ? nullptr : std::get_if<std::vector<std::int64_t>>(&version->second);
  if (numbers == nullptr || numbers->empty())
    throw FileError(fmt::format("cannot read {}: it does not say its format_version", path.string()));
  if (numbers->front() > format_major)
    throw FileError(fmt::format("cannot read {}: its format is {}, this populace reads up to {}; use a newer populace",
                                path.string(), numbers->front(), format_major));
}

const std::string& InputFile::text_attribute(const std::string& name) const {
  const auto found = attributes_.find(name);
  const auto* text = found == attributes_.end() ? nullptr : std::get_if<std::string>(&found->second);
  if (text == nullptr) throw FileError(fmt::format("cannot read {}: it has no text \"{}\"", path_.string(), name));
  return *text;
}

std::vector<std::string> InputFile::groups() const {
  return attempt([&] {
    std::vector<std::string> out;
    for (const std::string& name : names_in(open_group(file_, "/").id(), H5O_TYPE_GROUP)) {
      out.push_back("/" + name);
      for (const std::string& below : names_in(open_group(file_, out.back()).id(), H5O_TYPE_GROUP))
        out.push_back("/" + name + "/" + below);
    }
    return out;
  });
}

Attributes InputFile::group_attributes(const std::string& group) const {
  return attempt([&] { return read_attributes(open_group(file_, group).id()); });
}

std::vector<Variable> InputFile::variables(const std::string& group) const {
  return attempt([&] {
    std::vector<Variable> out;
    for (const std::string& name : names_in(open_group(file_, group).id(), H5O_TYPE_DATASET))
      out.push_back(describe(file_, fmt::format("{}/{}", group, name)));
    return out;
  });
}

Variable InputFile::variable(const std::string& path) const {
  return attempt([&] { return describe(file_, path); });
}

std::vector<std::int64_t> InputFile::integers(const Variable& variable) const {
  expects(variable.kind == ValueKind::kInteger, "a variable is not of integers");
  std::vector<std::int64_t> out(variable.size());
  attempt([&] { read_everything(file_, variable, H5T_NATIVE_INT64, out.data()); });
  return out;
}

std::vector<std::int64_t> InputFile::integers(const Variable& variable, std::size_t first, std::size_t n) const {
  expects(variable.kind == ValueKind::kInteger && !variable.shape.empty(), "a variable has no rows of integers");
  expects(first + n <= variable.shape.front(), "rows beyond the end of a variable");
  const std::size_t row_size = variable.shape.front() == 0 ? 0 : variable.size() / variable.shape.front();
  std::vector<std::int64_t> out(n * row_size);
  if (out.empty()) return out;
  attempt([&] {
    const Handle dataset = open_dataset(file_, variable.path);
    const Handle space(H5Dget_space(dataset.id()), H5Sclose, "look at a dataset");
    std::vector<hsize_t> start(variable.shape.size(), 0);
    std::vector<hsize_t> count(variable.shape.begin(), variable.shape.end());
    start.front() = first;
    count.front() = n;
    check_hdf5(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr), "select");
    const Handle memory(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose, "select");
    check_hdf5(H5Dread(dataset.id(), H5T_NATIVE_INT64, memory.id(), space.id(), H5P_DEFAULT, out.data()),
               "read a dataset");
  });
  return out;
}

std::vector<double> InputFile::reals(const Variable& variable) const {
  expects(variable.kind == ValueKind::kReal, "a variable is not of reals");
  std::vector<double> out(variable.size());
  attempt([&] { read_everything(file_, variable, H5T_NATIVE_DOUBLE, out.data()); });
  return out;
}

std::vector<std::string> InputFile::texts(const Variable& variable) const {
  expects(variable.kind == ValueKind::kText, "a variable is not of texts");
  std::vector<char*> pointers(variable.size());
  attempt([&] { read_everything(file_, variable, text_type().id(), pointers.data()); });
  return own(pointers);
}

std::vector<std::byte> InputFile::bytes(const Variable& variable) const {
  expects(variable.kind == ValueKind::kBytes, "a variable is not of bytes");
  std::vector<std::byte> out(variable.size());
  attempt([&] { read_everything(file_, variable, H5T_NATIVE_UINT8, out.data()); });
  return out;
}

}  // namespace populace
