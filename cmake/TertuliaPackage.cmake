# SPDX-FileCopyrightText: 2026 Tertulia contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The client library for other programs (docs/how-to/write-a-bot.md): static libraries, headers and a package, as the
# component `client-library`. find_package(Tertulia) then gives Tertulia::client and what is below it.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/Tertulia")
foreach(layer base text protocol sqlite client)
  set_target_properties(tertulia_${layer} PROPERTIES EXPORT_NAME ${layer})
  target_compile_features(tertulia_${layer} INTERFACE cxx_std_20)
  target_include_directories(tertulia_${layer} INTERFACE
    "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/tertulia>")
  install(TARGETS tertulia_${layer} EXPORT TertuliaTargets
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT client-library)
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/shared/${layer}" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/tertulia"
    COMPONENT client-library FILES_MATCHING PATTERN "*.h")
endforeach()

install(EXPORT TertuliaTargets NAMESPACE Tertulia:: DESTINATION "${package_folder}" COMPONENT client-library)
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/TertuliaConfig.cmake.in"
  "${CMAKE_CURRENT_BINARY_DIR}/TertuliaConfig.cmake" INSTALL_DESTINATION "${package_folder}")
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/TertuliaConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/TertuliaConfig.cmake"
  "${CMAKE_CURRENT_BINARY_DIR}/TertuliaConfigVersion.cmake"
  DESTINATION "${package_folder}" COMPONENT client-library)
