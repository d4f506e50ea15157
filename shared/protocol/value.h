// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <string_view>
#include <vector>

namespace Tertulia {

enum class ValueType : quint8 {
    Null,
    Bool,
    Integer, ///< fits qint64
    Unsigned, ///< above the range of qint64
    Double,
    String, ///< UTF-8
    Binary, ///< MessagePack only
    Array,
    Map,
    Time, ///< a Timestamp; MessagePack only
};

/// One decoded item. Nodes lie in pre-order: a container is followed by its items (a map by key, value, key, value …).
struct ValueNode
{
    ValueType type = ValueType::Null;
    bool flag = false; ///< Bool: the value. String: the text is not well-formed Unicode.
    quint32 size = 0; ///< String, Binary: bytes. Array: items. Map: pairs.
    union {
        qint64 integer = 0; ///< Time: milliseconds since 1970
        quint64 unsignedInteger;
        double number;
        const char *text;
        quint64 span; ///< Array, Map: nodes of the whole subtree, the container's own included
    };
};

struct ValueEntry;

/// A light cursor into a ValueDocument, to be passed by value; valid as long as the document lives unchanged.
/// A default-made Value is *missing*: what is not there (a key, an index) reads as missing and as null.
class Value
{
public:
    constexpr Value() = default;
    explicit constexpr Value(const ValueNode *node)
        : m_node(node)
    {
    }

    [[nodiscard]] bool isMissing() const { return !m_node; }
    [[nodiscard]] ValueType type() const { return m_node ? m_node->type : ValueType::Null; }
    [[nodiscard]] bool isNull() const { return type() == ValueType::Null; }
    [[nodiscard]] bool isBool() const { return type() == ValueType::Bool; }
    [[nodiscard]] bool isInteger() const { return type() == ValueType::Integer; } ///< fits qint64
    [[nodiscard]] bool isNumber() const ///< of any kind
    {
        return isInteger() || type() == ValueType::Unsigned || type() == ValueType::Double;
    }
    [[nodiscard]] bool isString() const { return type() == ValueType::String; }
    [[nodiscard]] bool isBinary() const { return type() == ValueType::Binary; }
    [[nodiscard]] bool isArray() const { return type() == ValueType::Array; }
    [[nodiscard]] bool isMap() const { return type() == ValueType::Map; }
    [[nodiscard]] bool isTimestamp() const { return type() == ValueType::Time; }

    // Each gives the neutral value (false, 0, empty) where the type is another one: ask first.
    [[nodiscard]] bool toBool() const { return isBool() && m_node->flag; }
    [[nodiscard]] qint64 toInteger() const { return isInteger() ? m_node->integer : 0; }
    [[nodiscard]] quint64 toUnsigned() const;
    [[nodiscard]] double toDouble() const;
    /// The bytes of a String or Binary.
    [[nodiscard]] std::string_view bytes() const
    {
        return isString() || isBinary() ? std::string_view(m_node->text, m_node->size) : std::string_view();
    }
    [[nodiscard]] QString toString() const;
    [[nodiscard]] Timestamp toTimestamp() const;
    /// False for a String with half a surrogate pair (JSON) or invalid UTF-8 (MessagePack). Such text is kept, so that
    /// one bad argument does not end a connection, and is refused where it is read as text.
    [[nodiscard]] bool isWellFormed() const { return !isString() || !m_node->flag; }

    /// Array: items; Map: pairs; else 0.
    [[nodiscard]] qsizetype size() const { return isArray() || isMap() ? qsizetype(m_node->size) : 0; }
    /// The i-th item of an Array; linear in i, so use iteration for whole arrays.
    [[nodiscard]] Value at(qsizetype i) const;
    /// The value of the last pair with this key, as in the reference and in JavaScript.
    [[nodiscard]] Value find(std::string_view key) const;

    class Iterator;
    class EntryIterator;
    template <class It> struct Range
    {
        It first, last;
        It begin() const { return first; }
        It end() const { return last; }
    };
    /// Items of an Array; nothing for other types.
    [[nodiscard]] Range<Iterator> items() const;
    /// Pairs of a Map; nothing for other types.
    [[nodiscard]] Range<EntryIterator> entries() const;

    [[nodiscard]] const ValueNode *node() const { return m_node; }
    [[nodiscard]] const ValueNode *next() const { return m_node + (isArray() || isMap() ? m_node->span : 1); }

private:
    const ValueNode *m_node = nullptr;
};

struct ValueEntry
{
    Value key, value;
};

class Value::Iterator
{
public:
    explicit Iterator(const ValueNode *node)
        : m_at(node)
    {
    }
    Value operator*() const { return m_at; }
    Iterator &operator++()
    {
        m_at = Value(m_at.next());
        return *this;
    }
    bool operator==(const Iterator &other) const { return m_at.node() == other.m_at.node(); }

private:
    Value m_at;
};

class Value::EntryIterator
{
public:
    explicit EntryIterator(const ValueNode *node)
        : m_at(node)
    {
    }
    ValueEntry operator*() const { return {m_at, Value(m_at.next())}; }
    EntryIterator &operator++()
    {
        m_at = Value(Value(m_at.next()).next());
        return *this;
    }
    bool operator==(const EntryIterator &other) const { return m_at.node() == other.m_at.node(); }

private:
    Value m_at;
};

/// A decoded JSON or MessagePack document: a flat list of nodes and a copy of the input in which the strings lie.
/// Reusable: parsing again keeps the memory (up to a bound), so a steady stream of messages allocates nothing.
/// Filled by parseJson and parseMessagePack.
class ValueDocument
{
public:
    ValueDocument() = default;
    Q_DISABLE_COPY_MOVE(ValueDocument)
    ~ValueDocument() = default;

    [[nodiscard]] Value root() const { return m_nodes.empty() ? Value() : Value(m_nodes.data()); }
    /// Empties it and gives memory back that only an unusually large document needed.
    void clear();

private:
    friend class JsonParser;
    friend class MessagePackParser;
    /// Copies the input in front of `padding` zero bytes; gives the start.
    char *load(QByteArrayView input);
    static constexpr qsizetype padding = 16;

    std::vector<ValueNode> m_nodes;
    QByteArray m_bytes;
};

/// A value that keeps its document alive: what outlives the call that parsed it.
struct SharedValue
{
    std::shared_ptr<const ValueDocument> document;
    Value value;

    const Value *operator->() const { return &value; }
};

/// A document to parse into, from this thread's few reusable ones; it goes back by being dropped (on any thread).
[[nodiscard]] std::shared_ptr<ValueDocument> acquireDocument();

/// ASCII case folded.
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);

} // namespace Tertulia
