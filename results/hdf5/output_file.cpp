#include "results/hdf5/output_file.hpp"

#include <fmt/format.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>

#include "sim/base/contracts.hpp"

namespace populace {
namespace {

Handle create_file(Sink& sink, const std::filesystem::path& target) {
  silence_hdf5();
  const Handle access = sink_access(sink);
  check_hdf5(H5Pset_fclose_degree(access.id(), H5F_CLOSE_STRONG), "prepare a file");
  const Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "prepare a file");
  check_hdf5(H5Pset_link_creation_order(creation.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "order a file");
  return {H5Fcreate(target.c_str(), H5F_ACC_TRUNC, creation.id(), access.id()), H5Fclose, "create a file"};
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a text type");
  check_hdf5(H5Tset_size(type.id(), H5T_VARIABLE), "make a text type");
  check_hdf5(H5Tset_cset(type.id(), H5T_CSET_UTF8), "make a text type");
  return type;
}

Handle copied_type(hid_t type) { return {H5Tcopy(type), H5Tclose, "make a type"}; }

Handle stored_type(Element element) {
  switch (element) {
    case Element::kInteger:
      return copied_type(H5T_STD_I64LE);
    case Element::kReal:
      return copied_type(H5T_IEEE_F64LE);
    case Element::kByte:
      return copied_type(H5T_STD_U8LE);
    case Element::kText:
      break;
  }
  return text_type();
}

std::vector<hsize_t> sizes(const std::vector<std::size_t>& extent) { return {extent.begin(), extent.end()}; }

Handle space_of(const Shape& shape) {
  if (shape.extent.empty()) return {H5Screate(H5S_SCALAR), H5Sclose, "make a scalar"};
  const std::vector<hsize_t> now = sizes(shape.extent);
  std::vector<hsize_t> most = now;
  if (shape.first_axis_grows) most.front() = H5S_UNLIMITED;
  return {H5Screate_simple(static_cast<int>(now.size()), now.data(), most.data()), H5Sclose, "make a dataspace"};
}

Handle list_space(std::size_t n) {
  const hsize_t size = n;
  return {H5Screate_simple(1, &size, nullptr), H5Sclose, "make a dataspace"};
}

const char* c_text(const std::string& text) {
  expects(text.find('\0') == std::string::npos, "a text holds a zero byte");
  return text.c_str();
}

void write_attribute(hid_t object, const char* name, const Handle& type, hid_t memory_type, const Handle& space,
                     const void* data) {
  const Handle attribute(H5Acreate2(object, name, type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "create an attribute");
  check_hdf5(H5Awrite(attribute.id(), memory_type, data), "write an attribute");
}

Handle scalar_space() { return {H5Screate(H5S_SCALAR), H5Sclose, "make a scalar"}; }

void write_everything(const Handle& dataset, hid_t memory_type, const void* data, std::size_t n) {
  const Handle space(H5Dget_space(dataset.id()), H5Sclose, "look at a dataset");
  expects(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.id())) == n, "values do not fill their dataset");
  if (n > 0) check_hdf5(H5Dwrite(dataset.id(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), "write a dataset");
}

}  // namespace

OutputFile::OutputFile(const std::filesystem::path& target) : whole_(target), sink_{whole_.descriptor(), 0} {
  attempt([&] { file_ = create_file(sink_, target); });
}

void OutputFile::commit() {
  const bool closed = file_.close();
  fail_if_unwritten();
  if (!closed) fail_with("HDF5 could not close it");
  whole_.commit();
}

void OutputFile::fail_with(const char* reason) const {
  fail_if_unwritten();
  throw FileError(fmt::format("cannot write {}: {}", whole_.target().string(), reason));
}

void OutputFile::fail_if_unwritten() const {
  if (sink_.error_number != 0) whole_.fail(sink_.error_number);
}

void write_attribute(Hdf5Id object, const char* name, std::string_view text) {
  const Handle type = text_type();
  const std::string owned(text);
  const char* pointer = c_text(owned);
  write_attribute(object, name, type, type.id(), scalar_space(), &pointer);
}

void write_attribute(Hdf5Id object, const char* name, double value) {
  write_attribute(object, name, stored_type(Element::kReal), H5T_NATIVE_DOUBLE, scalar_space(), &value);
}

void write_attribute(Hdf5Id object, const char* name, std::int64_t value) {
  write_attribute(object, name, stored_type(Element::kInteger), H5T_NATIVE_INT64, scalar_space(), &value);
}

void write_attribute(Hdf5Id object, const char* name, std::span<const std::int64_t> values) {
  write_attribute(object, name, stored_type(Element::kInteger), H5T_NATIVE_INT64, list_space(values.size()),
                  values.data());
}

Handle create_group(Hdf5Id parent, const std::string& name) {
  const Handle creation(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "prepare a group");
  check_hdf5(H5Pset_link_creation_order(creation.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "order a group");
  check_hdf5(H5Pset_obj_track_times(creation.id(), false), "prepare a group");
  return {H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, creation.id(), H5P_DEFAULT), H5Gclose, "create a group"};
}

Handle create_dataset(Hdf5Id group, const std::string& name, Element element, const Shape& shape) {
  const Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "prepare a dataset");
  check_hdf5(H5Pset_obj_track_times(creation.id(), false), "prepare a dataset");
  if (!shape.chunk.empty()) {
    const std::vector<hsize_t> chunk = sizes(shape.chunk);
    check_hdf5(H5Pset_chunk(creation.id(), static_cast<int>(chunk.size()), chunk.data()), "chunk a dataset");
    if (shape.deflate_level > 0 && element != Element::kByte) check_hdf5(H5Pset_shuffle(creation.id()), "shuffle");
    if (shape.deflate_level > 0) check_hdf5(H5Pset_deflate(creation.id(), shape.deflate_level), "compress a dataset");
    if (shape.checksummed) check_hdf5(H5Pset_fletcher32(creation.id()), "checksum a dataset");
  }
  // Rows are written chunk by chunk, once: without a cache each goes straight to the file, and a full disk shows at
  // once.
  const Handle access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose, "prepare a dataset");
  check_hdf5(H5Pset_chunk_cache(access.id(), 1, 0, 1.0), "prepare a dataset");
  const Handle type = stored_type(element);
  const Handle space = space_of(shape);
  return {H5Dcreate2(group, name.c_str(), type.id(), space.id(), H5P_DEFAULT, creation.id(), access.id()), H5Dclose,
          "create a dataset"};
}

void write_all(const Handle& dataset, std::span<const std::int64_t> values) {
  write_everything(dataset, H5T_NATIVE_INT64, values.data(), values.size());
}

void write_all(const Handle& dataset, std::span<const double> values) {
  write_everything(dataset, H5T_NATIVE_DOUBLE, values.data(), values.size());
}

void write_all(const Handle& dataset, std::span<const std::byte> values) {
  write_everything(dataset, H5T_NATIVE_UINT8, values.data(), values.size());
}

void write_all(const Handle& dataset, std::span<const std::string> values) {
  std::vector<const char*> pointers(values.size());
  std::transform(values.begin(), values.end(), pointers.begin(), c_text);
  write_everything(dataset, text_type().id(), pointers.data(), pointers.size());
}

void write_row(const Handle& dataset, std::size_t index, std::span<const std::int64_t> values) {
  Handle space(H5Dget_space(dataset.id()), H5Sclose, "look at a dataset");
  std::vector<hsize_t> extent(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space.id())));
  check_hdf5(H5Sget_simple_extent_dims(space.id(), extent.data(), nullptr), "look at a dataset");
  extent.front() = std::max<hsize_t>(extent.front(), index + 1);
  check_hdf5(H5Dset_extent(dataset.id(), extent.data()), "grow a dataset");
  space = Handle(H5Dget_space(dataset.id()), H5Sclose, "look at a dataset");
  std::vector<hsize_t> start(extent.size(), 0);
  start.front() = index;
  extent.front() = 1;
  check_hdf5(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr), "select");
  expects(static_cast<std::size_t>(H5Sget_select_npoints(space.id())) == values.size(), "values do not fill their row");
  // Of the same rank as the file's: a list would be matched with the row number by number.
  const Handle memory(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose,
                      "shape a row");
  check_hdf5(H5Dwrite(dataset.id(), H5T_NATIVE_INT64, memory.id(), space.id(), H5P_DEFAULT, values.data()),
             "write a dataset");
}

namespace {

void append(const Handle& dataset, std::size_t first, hid_t memory_type, const void* values, std::size_t n) {
  const hsize_t end = first + n, start = first, count = n;
  check_hdf5(H5Dset_extent(dataset.id(), &end), "grow a dataset");
  const Handle space(H5Dget_space(dataset.id()), H5Sclose, "look at a dataset");
  check_hdf5(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, &start, nullptr, &count, nullptr), "select");
  const Handle memory = list_space(n);
  check_hdf5(H5Dwrite(dataset.id(), memory_type, memory.id(), space.id(), H5P_DEFAULT, values), "write a dataset");
}

}  // namespace

void append(const Handle& dataset, std::size_t first, std::span<const std::int64_t> values) {
  append(dataset, first, H5T_NATIVE_INT64, values.data(), values.size());
}

void append(const Handle& dataset, std::size_t first, std::span<const double> values) {
  append(dataset, first, H5T_NATIVE_DOUBLE, values.data(), values.size());
}

void make_scale(const Handle& dataset, const std::string& name) {
  check_hdf5(H5DSset_scale(dataset.id(), name.c_str()), "make a dimension");
}

void attach_scale(const Handle& variable, const Handle& scale, std::size_t axis) {
  check_hdf5(H5DSattach_scale(variable.id(), scale.id(), static_cast<unsigned>(axis)), "attach a dimension");
}

}  // namespace populace
