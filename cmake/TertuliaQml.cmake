# SPDX-FileCopyrightText: 2026 Tertulia contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# QML modules: one a folder, static, compiled ahead, found under :/qt/qml. Each engine says addImportPath(":/qt/qml").

# One folder for all modules, so that qmllint and the compiler see every one of them.
set(QT_QML_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/qml")

# tertulia_add_qml_module(<name> URI <uri> [QML_FILES …] [SINGLETONS …] [SOURCES …] [RESOURCES …] [IMPORTS …] [LINK …])
#   [DEPENDENCIES …] [NO_LINT]
# Programs link <name>plugin. IMPORTS names our own modules' targets (they are built first and linked), DEPENDENCIES the
# modules of Qt that the C++ types are made of.
# QML files and resources lie in the module's folder; includes carry the folder from the root as everywhere.
function(tertulia_add_qml_module name)
  cmake_parse_arguments(arg "NO_LINT" "URI" "QML_FILES;SINGLETONS;SOURCES;RESOURCES;DEPENDENCIES;IMPORTS;LINK" ${ARGN})
  set_source_files_properties(${arg_SINGLETONS} PROPERTIES QT_QML_SINGLETON_TYPE TRUE)
  qt_add_library(${name} STATIC)
  set_target_properties(${name} PROPERTIES AUTOMOC ON)
  # Compiling ahead pays at start-up and costs a minute of building: not while one works on the pages.
  set(flags)
  if(CMAKE_BUILD_TYPE STREQUAL "Debug")
    set(flags NO_CACHEGEN)
  endif()
  if(arg_NO_LINT)
    list(APPEND flags NO_LINT)
  endif()
  qt_add_qml_module(${name} URI ${arg_URI} VERSION 1.0 RESOURCE_PREFIX /qt/qml ${flags}
    QML_FILES ${arg_SINGLETONS} ${arg_QML_FILES} SOURCES ${arg_SOURCES} RESOURCES ${arg_RESOURCES} DEPENDENCIES ${arg_DEPENDENCIES})
  target_link_libraries(${name} PUBLIC tertulia_options Qt6::Qml ${arg_LINK})
  set(folders "${CMAKE_CURRENT_SOURCE_DIR}")
  foreach(source IN LISTS arg_SOURCES)
    get_filename_component(folder "${CMAKE_CURRENT_SOURCE_DIR}/${source}" DIRECTORY)
    list(APPEND folders "${folder}")
  endforeach()
  list(REMOVE_DUPLICATES folders)
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}/shared" "${PROJECT_SOURCE_DIR}/qml"
    PRIVATE ${folders})   # the generated registrations include by bare name
  target_link_libraries(${name}plugin PRIVATE tertulia_options)
  # The view models are linked by the program: the gallery has canned ones in their place.
  list(REMOVE_ITEM arg_IMPORTS tertulia_viewmodels)
  foreach(module IN LISTS arg_IMPORTS)
    target_link_libraries(${name} PUBLIC ${module})
    target_link_libraries(${name}plugin PUBLIC ${module}plugin)
  endforeach()
  # What Qt's tools write is not held to our warnings.
  foreach(target ${name} ${name}plugin)
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "^${CMAKE_CURRENT_BINARY_DIR}/")
    set_source_files_properties(${sources} PROPERTIES COMPILE_OPTIONS "-w")
  endforeach()
endfunction()
