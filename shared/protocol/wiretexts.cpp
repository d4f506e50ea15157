// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/wiretexts.h"

namespace Tertulia {

using namespace Qt::StringLiterals;

namespace {

QLatin1StringView tokenName(Value value)
{
    switch (value.type()) {
    case ValueType::Null:
        return "Null"_L1;
    case ValueType::Bool:
        return value.toBool() ? "True"_L1 : "False"_L1;
    case ValueType::Integer:
    case ValueType::Unsigned:
    case ValueType::Double:
        return "Number"_L1;
    case ValueType::String:
    case ValueType::Binary:
    case ValueType::Time:
        return "String"_L1;
    case ValueType::Array:
        return "Array"_L1;
    case ValueType::Map:
        break;
    }
    return "Object"_L1;
}

} // namespace

QString missingProperty(QLatin1StringView name)
{
    return u"Missing required property '%1'."_s.arg(name);
}

QString unexpectedType(QStringView name, QLatin1StringView type)
{
    return u"Expected '%1' to be of type %2."_s.arg(name, type);
}

QString unexpectedToken(Value value)
{
    return u"Unexpected JSON Token Type '%1'. Expected a JSON Object."_s.arg(tokenName(value));
}

} // namespace Tertulia
