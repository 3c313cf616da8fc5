// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.ListCellRenderer;
import javax.swing.ListSelectionModel;
import javax.swing.text.Position;
import org.jspecify.annotations.Nullable;

/**
 * A list of people, calls or messages; Enter and a double click run the line's main action.
 *
 * @param <T> what a line shows
 */
final class RowList<T> extends JList<RowList.Row<T>> {
    /**
     * A line.
     *
     * @param item what it shows
     * @param id identifies it within its list
     * @param right at the end of the line, such as a time
     * @param mark before the detail
     * @param color of the mark, in the theme
     * @param lamp the colour of the person's lamp, in the theme
     */
    record Row<T>(
            T item,
            String id,
            String name,
            String detail,
            String right,
            @Nullable Glyph mark,
            String color,
            @Nullable String lamp) {
        /** As a screen reader reads it. */
        String sentence() {
            return name + (detail.isEmpty() ? "" : ", " + detail) + (right.isEmpty() ? "" : ", " + right);
        }

        /** Prints without personal data. */
        @Override
        public String toString() {
            return "Row[redacted]";
        }
    }

    private final DefaultListModel<Row<T>> rows = new DefaultListModel<>();
    private final String empty;

    /** @param empty the text of an empty list */
    RowList(String name, String spoken, String empty, Consumer<T> first) {
        this.empty = empty;
        setModel(rows);
        Parts.named(name, spoken, this);
        setCellRenderer(new Renderer<>());
        setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        setFixedCellHeight(60);
        getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), "first");
        getActionMap().put("first", Parts.action(() -> chosen().ifPresent(first)));
        addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent click) {
                if (click.getClickCount() == 2) {
                    chosen().ifPresent(first);
                }
            }
        });
    }

    private Optional<T> chosen() {
        return Optional.ofNullable(getSelectedValue()).map(Row::item);
    }

    /** A button that acts on the chosen line, and is disabled without one. */
    JButton button(String name, String words, Glyph glyph, Consumer<T> does) {
        JButton button = Parts.icon(name, words, glyph, () -> chosen().ifPresent(does));
        button.setEnabled(false);
        addListSelectionListener(moved -> button.setEnabled(chosen().isPresent()));
        return button;
    }

    /** Keeps the selection. */
    void show(List<T> items, Function<T, Row<T>> row) {
        List<Row<T>> now = items.stream().map(row).toList();
        if (List.of(rows.toArray()).equals(now)) {
            return;
        }
        Row<T> kept = getSelectedValue();
        rows.clear();
        rows.addAll(now);
        for (int i = 0; kept != null && i < now.size(); i++) {
            if (now.get(i).id().equals(kept.id())) {
                setSelectedIndex(i);
            }
        }
    }

    @Override
    protected void paintComponent(Graphics g) {
        super.paintComponent(g);
        if (rows.isEmpty()) {
            g.setColor(Theme.color(Theme.MUTED));
            g.drawString(empty, 16, 24);
        }
    }

    /** Letters search for a name; digits are for the keypad. */
    @Override
    public int getNextMatch(String prefix, int start, Position.Bias bias) {
        for (int i = 0; i < rows.size() && !Character.isDigit(prefix.charAt(0)); i++) {
            int at = Math.floorMod(bias == Position.Bias.Forward ? start + i : start - i, rows.size());
            if (rows.get(at).name().regionMatches(true, 0, prefix, 0, prefix.length())) {
                return at;
            }
        }
        return -1;
    }

    private static final class Renderer<T> extends JPanel implements ListCellRenderer<Row<T>> {
        private final JLabel avatar = new JLabel();
        private final JLabel name = new JLabel();
        private final JLabel detail = Parts.label("", "caption");
        private final JLabel right = Parts.label("", "caption");

        Renderer() {
            super(new BorderLayout(12, 0));
            Parts.padded(this, 9, 12, 9, 14);
            add(avatar, BorderLayout.WEST);
            JPanel text = new JPanel(new BorderLayout()); // a long name ends in dots
            text.setOpaque(false);
            text.add(name, BorderLayout.NORTH);
            text.add(detail, BorderLayout.SOUTH);
            add(text, BorderLayout.CENTER);
            add(right, BorderLayout.EAST);
        }

        @Override
        public Component getListCellRendererComponent(
                JList<? extends Row<T>> list, Row<T> row, int index, boolean selected, boolean focused) {
            setBackground(selected ? list.getSelectionBackground() : list.getBackground());
            avatar.setIcon(new Avatar(38, row.name(), row.lamp()));
            name.setText(row.name());
            name.setForeground(list.getForeground());
            detail.setText(row.detail());
            detail.setIcon(row.mark() == null ? null : row.mark().icon(13, row.color()));
            detail.setForeground(Theme.color(row.color()));
            right.setText(row.right());
            right.setForeground(Theme.color(Theme.MUTED));
            getAccessibleContext().setAccessibleName(row.sentence());
            return this;
        }
    }
}
