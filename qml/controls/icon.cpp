// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/icon.h"

#include <QHash>
#include <QImage>
#include <QMetaEnum>
#include <QPainter>
#include <QQuickWindow>
#include <QSGImageNode>
#include <QSvgRenderer>

#include <cmath>

namespace Tertulia {

namespace {

// The drawings' shapes as they were last needed, one a name and size; a few kilobytes in all.
constexpr qsizetype maxShapes = 256;

QImage shape(Icon::Name name, int pixels)
{
    static QHash<std::pair<int, int>, QImage> shapes;
    const std::pair key(int(name), pixels);
    if (const auto known = shapes.constFind(key); known != shapes.cend())
        return *known;
    const QString file = QString::fromLatin1(QMetaEnum::fromType<Icon::Name>().valueToKey(name)).toLower();
    QSvgRenderer renderer(QStringLiteral(":/qt/qml/Tertulia/Controls/icons/%1.svg").arg(file));
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    if (shapes.size() >= maxShapes)
        shapes.clear();
    shapes.insert(key, image);
    return image;
}

QImage tinted(QImage image, const QColor &color)
{
    QPainter painter(&image);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), color);
    painter.end();
    return image;
}

} // namespace

Icon::Icon(QQuickItem *parent)
    : QQuickItem(parent)
{
    setFlag(ItemHasContents);
    setImplicitSize(m_size, m_size);
}

void Icon::redraw()
{
    m_isStale = true;
    update();
}

void Icon::setName(Name name)
{
    if (name == m_name)
        return;
    m_name = name;
    redraw();
    Q_EMIT nameChanged();
}

void Icon::setColor(const QColor &color)
{
    if (color == m_color)
        return;
    m_color = color;
    redraw();
    Q_EMIT colorChanged();
}

void Icon::setSize(int size)
{
    if (size == m_size)
        return;
    m_size = size;
    setImplicitSize(size, size);
    redraw();
    Q_EMIT sizeChanged();
}

void Icon::setMirror(bool mirror)
{
    if (mirror == m_mirror)
        return;
    m_mirror = mirror;
    redraw();
    Q_EMIT mirrorChanged();
}

void Icon::itemChange(ItemChange change, const ItemChangeData &value)
{
    if (change == ItemDevicePixelRatioHasChanged || change == ItemSceneChange)
        redraw();
    QQuickItem::itemChange(change, value);
}

QSGNode *Icon::updatePaintNode(QSGNode *oldNode, UpdatePaintNodeData *)
{
    auto *node = static_cast<QSGImageNode *>(oldNode);
    if (m_name == None || m_size <= 0) {
        delete node;
        return nullptr;
    }
    if (!node) {
        node = window()->createImageNode();
        node->setOwnsTexture(true);
        m_isStale = true;
    }
    if (m_isStale) {
        const int pixels = int(std::lround(m_size * window()->effectiveDevicePixelRatio()));
        QQuickWindow::CreateTextureOptions options = QQuickWindow::TextureHasAlphaChannel;
        options |= QQuickWindow::TextureCanUseAtlas;
        node->setTexture(window()->createTextureFromImage(tinted(shape(m_name, pixels), m_color), options));
        m_isStale = false;
    }
    node->setTextureCoordinatesTransform(m_mirror ? QSGImageNode::MirrorHorizontally : QSGImageNode::NoTransform);
    node->setFiltering(QSGTexture::Linear);
    node->setRect(QRectF((width() - m_size) / 2, (height() - m_size) / 2, m_size, m_size));
    return node;
}

} // namespace Tertulia
