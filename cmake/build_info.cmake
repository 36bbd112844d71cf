# Writes generated/build_info.hpp at every build, but touches it only when something changed, so that a build without a
# change stays a build without work. Run as: cmake -DSOURCE_DIR= -DOUTPUT= -DVERSION= -DCOMPILER= -DBUILD_TYPE= -P.
set(git_sha "unknown")
find_program(git_command git)
if(git_command)
  execute_process(COMMAND ${git_command} -C ${SOURCE_DIR} describe --always --dirty --abbrev=12 --exclude=*
                  OUTPUT_VARIABLE described RESULT_VARIABLE failed OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(NOT failed)
    set(git_sha ${described})
  endif()
endif()

file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[
// Where this binary comes from. Written by the build; include it in .cpp files only, for it changes with every commit.
#pragma once

#include <string_view>

namespace populace {

inline constexpr std::string_view kVersion = "@VERSION@";
inline constexpr std::string_view kGitSha = "@git_sha@";
inline constexpr std::string_view kCompiler = "@COMPILER@";
inline constexpr std::string_view kBuildType = "@BUILD_TYPE@";

struct BuildInfo {
  std::string_view version;
  std::string_view git_sha;
  std::string_view compiler;
  std::string_view build_type;
};

constexpr BuildInfo build_info() { return {kVersion, kGitSha, kCompiler, kBuildType}; }

}  // namespace populace
]])
