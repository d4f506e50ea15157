// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/value.h"

#include <array>
#include <atomic>
#include <cstring>

namespace Tertulia {

namespace {

/// What a reusable document keeps at most between two uses: enough for the default hub message of 32 KiB.
constexpr qsizetype keptBytes = 40 * 1024;
constexpr size_t keptNodes = 2048;

} // namespace

quint64 Value::toUnsigned() const
{
    if (type() == ValueType::Unsigned)
        return m_node->unsignedInteger;
    return isInteger() && m_node->integer >= 0 ? quint64(m_node->integer) : 0;
}

double Value::toDouble() const
{
    switch (type()) {
    case ValueType::Double:
        return m_node->number;
    case ValueType::Integer:
        return double(m_node->integer);
    case ValueType::Unsigned:
        return double(m_node->unsignedInteger);
    default:
        return 0;
    }
}

QString Value::toString() const
{
    const auto text = bytes();
    return isString() ? QString::fromUtf8(text.data(), qsizetype(text.size())) : QString();
}

Timestamp Value::toTimestamp() const
{
    return Timestamp(std::chrono::milliseconds(isTimestamp() ? m_node->integer : 0));
}

Value::Range<Value::Iterator> Value::items() const
{
    if (!isArray())
        return {Iterator(nullptr), Iterator(nullptr)};
    return {Iterator(m_node + 1), Iterator(next())};
}

Value::Range<Value::EntryIterator> Value::entries() const
{
    if (!isMap())
        return {EntryIterator(nullptr), EntryIterator(nullptr)};
    return {EntryIterator(m_node + 1), EntryIterator(next())};
}

Value Value::at(qsizetype i) const
{
    if (!isArray() || i < 0 || i >= size())
        return {};
    const ValueNode *node = m_node + 1;
    for (; i > 0; --i)
        node = Value(node).next();
    return Value(node);
}

Value Value::find(std::string_view key) const
{
    Value found;
    for (const auto &entry : entries()) {
        if (entry.key.isString() && entry.key.bytes() == key)
            found = entry.value;
    }
    return found;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    if (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0)
        return true;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c; };
    for (size_t i = 0; i < a.size(); ++i) {
        if (a[i] != b[i] && lower(a[i]) != lower(b[i]))
            return false;
    }
    return true;
}

void ValueDocument::clear()
{
    m_nodes.clear();
    if (m_nodes.capacity() > keptNodes)
        m_nodes = {};
    if (m_bytes.capacity() > keptBytes)
        m_bytes = {};
}

char *ValueDocument::load(QByteArrayView input)
{
    clear();
    m_bytes.resize(input.size() + padding);
    char *data = m_bytes.data();
    if (!input.isEmpty())
        std::memcpy(data, input.data(), size_t(input.size()));
    std::memset(data + input.size(), 0, padding);
    return data;
}

std::shared_ptr<ValueDocument> acquireDocument()
{
    // A few, because a message may be held while its method decodes something else.
    thread_local std::array<std::shared_ptr<ValueDocument>, 4> documents;
    for (auto &document : documents) {
        if (!document)
            document = std::make_shared<ValueDocument>();
        if (document.use_count() == 1) {
            // pairs with the release when another thread dropped its reference
            std::atomic_thread_fence(std::memory_order_acquire);
            document->clear();
            return document;
        }
    }
    return std::make_shared<ValueDocument>();
}

} // namespace Tertulia
