// The kinds of devices: dragged to the canvas, or added by a click or the Enter key.
#pragma once

#include <QListWidget>

#include "core/project/document.h"

namespace hw::editor {

class Palette : public QListWidget {
  Q_OBJECT

 public:
  explicit Palette(const QByteArray& mime, QWidget* parent = nullptr);
  /// Where a kind stands in the list, for a press of the mouse.
  QPoint pointOf(project::NodeKind kind) const;

 signals:
  void chosen(hw::project::NodeKind kind);

 protected:
  QMimeData* mimeData(const QList<QListWidgetItem*>& items) const override;
  QStringList mimeTypes() const override;
  void changeEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void retranslate();
  void redraw();
  QByteArray m_mime;
};

}  // namespace hw::editor
