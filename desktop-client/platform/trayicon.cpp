// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/trayitem.h"

#include <QFont>
#include <QPainter>
#include <QPainterPath>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {

constexpr QRgb bubbleColour = 0xff2f6f6b;
constexpr QRgb badgeColour = 0xffc62828;
constexpr int mostInBadge = 99;
// The drawing is made on a square of this side and scaled.
constexpr qreal side = 64;

/// Two bubbles that lean on each other: people who sit together and talk.
void drawSign(QPainter &painter)
{
    painter.setPen(Qt::NoPen);
    QPainterPath back;
    back.addRoundedRect(QRectF(20, 8, 40, 32), 14, 14);
    QPainterPath front;
    front.addRoundedRect(QRectF(4, 20, 42, 32), 14, 14);
    QPainterPath tail;
    tail.moveTo(12, 46);
    tail.lineTo(10, 60);
    tail.lineTo(26, 50);
    tail.closeSubpath();
    front = front.united(tail);
    QPainterPathStroker gap;
    gap.setWidth(6);
    painter.setBrush(QColor::fromRgba(bubbleColour).lighter(150));
    painter.drawPath(back.subtracted(gap.createStroke(front)).subtracted(front));
    painter.setBrush(QColor::fromRgba(bubbleColour));
    painter.drawPath(front);
}

void drawBadge(QPainter &painter, int unread)
{
    const QRectF badge(26, 26, 38, 38);
    painter.setPen(QPen(Qt::white, 3));
    painter.setBrush(QColor::fromRgba(badgeColour));
    painter.drawEllipse(badge.adjusted(2, 2, -2, -2));
    const QString text = unread > mostInBadge ? QString(u'∞') : QString::number(unread);
    QFont font;
    font.setBold(true);
    font.setPixelSize(text.size() > 1 ? 20 : 26);
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(badge, Qt::AlignCenter, text);
}

} // namespace

QImage drawTrayIcon(int size, int unread)
{
    QImage image(size, size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(size / side, size / side);
    drawSign(painter);
    if (unread > 0)
        drawBadge(painter, unread);
    return image;
}

} // namespace Tertulia::Desktop
