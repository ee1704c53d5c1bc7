// What all property forms are: a column of fields whose changes are edits of the document.
#pragma once

#include <QWidget>

#include "core/base/text.h"
#include "core/project/edit.h"
#include "ui/model/snapshot.h"

class QVBoxLayout;

namespace hw::editor {

class Form : public QWidget {
  Q_OBJECT

 signals:
  void edited(const hw::project::Edit& edit);

 protected:
  explicit Form(QWidget* parent);
  QVBoxLayout* column() const { return m_column; }
  /// Writes all words anew; each form calls it when it is built.
  virtual void retranslate() = 0;
  void changeEvent(QEvent* event) override;

  Language m_language = Language::English;

 private:
  QVBoxLayout* m_column;
};

}  // namespace hw::editor
