// An HDF5 file under construction, whole or not at all (WholeFile), and the few ways in which we put things into it.
// Deterministic: no time stamps, objects in order of creation.
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "results/hdf5/handle.hpp"
#include "results/hdf5/sink_driver.hpp"
#include "results/hdf5/whole_file.hpp"

namespace populace {

class OutputFile {
 public:
  explicit OutputFile(const std::filesystem::path& target);

  Hdf5Id id() const { return file_.id(); }

  // Runs `work`; what HDF5 or the disk refuses becomes a FileError naming the target.
  template <class Work>
  void attempt(Work&& work) {
    try {
      work();
    } catch (const Hdf5Error& error) {
      fail_with(error.what());
    }
    fail_if_unwritten();
  }

  void commit();

 private:
  [[noreturn]] void fail_with(const char* reason) const;
  void fail_if_unwritten() const;

  WholeFile whole_;
  Sink sink_;
  Handle file_;  // closed before the sink and the descriptor go
};

// Scalar and list attributes; texts are variable-length UTF-8.
void write_attribute(Hdf5Id object, const char* name, std::string_view text);
void write_attribute(Hdf5Id object, const char* name, double value);
void write_attribute(Hdf5Id object, const char* name, std::int64_t value);
void write_attribute(Hdf5Id object, const char* name, std::span<const std::int64_t> values);

Handle create_group(Hdf5Id parent, const std::string& name);

enum class Element { kInteger, kReal, kText, kByte };

struct Shape {
  std::vector<std::size_t> extent{};
  bool first_axis_grows = false;     // unlimited
  std::vector<std::size_t> chunk{};  // empty: contiguous
  unsigned deflate_level = 0;
  bool checksummed = false;  // reading finds damage
};

// A dataset of which nothing is written yet; an empty extent is a scalar.
Handle create_dataset(Hdf5Id group, const std::string& name, Element element, const Shape& shape);

void write_all(const Handle& dataset, std::span<const std::int64_t> values);
void write_all(const Handle& dataset, std::span<const double> values);
void write_all(const Handle& dataset, std::span<const std::byte> values);
void write_all(const Handle& dataset, std::span<const std::string> values);
// Grows the first axis to hold row `index` and writes that row.
void write_row(const Handle& dataset, std::size_t index, std::span<const std::int64_t> values);

// Grows a dataset of one axis and writes values from `first` on.
void append(const Handle& dataset, std::size_t first, std::span<const std::int64_t> values);
void append(const Handle& dataset, std::size_t first, std::span<const double> values);

// Makes `dataset` the coordinate of the dimension of its name; attaches it to an axis of a variable.
void make_scale(const Handle& dataset, const std::string& name);
void attach_scale(const Handle& variable, const Handle& scale, std::size_t axis);

}  // namespace populace
