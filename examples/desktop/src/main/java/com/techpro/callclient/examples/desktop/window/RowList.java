// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Row;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.DefaultListModel;
import javax.swing.JList;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import javax.swing.text.Position;

/** A list of people, calls or messages; Enter and a double click run the line's main action. */
final class RowList extends JList<Row> {
    private static final long serialVersionUID = 1L;

    private final DefaultListModel<Row> rows = new DefaultListModel<>();
    private final String empty;

    /** @param empty the text of an empty list */
    RowList(String name, String spoken, String empty, Consumer<Row> first) {
        this.empty = empty;
        setModel(rows);
        Parts.named(name, spoken, this);
        setCellRenderer(new RowRenderer());
        setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        setFixedCellHeight(60);
        getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), "first");
        getActionMap().put("first", new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent pressed) {
                chosen().ifPresent(first);
            }
        });
        addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent click) {
                if (click.getClickCount() == 2) {
                    chosen().ifPresent(first);
                }
            }
        });
    }

    Optional<Row> chosen() {
        return Optional.ofNullable(getSelectedValue());
    }

    /** Keeps the selection. */
    void show(List<Row> now) {
        if (List.of(rows.toArray()).equals(now)) {
            return;
        }
        String kept = chosen().map(Row::id).orElse("");
        rows.clear();
        rows.addAll(now);
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).id().equals(kept)) {
                setSelectedIndex(i);
            }
        }
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        super.paintComponent(graphics);
        if (rows.isEmpty()) {
            Graphics2D g = (Graphics2D) graphics.create();
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setColor(Theme.color(Theme.MUTED));
            g.setFont(getFont());
            g.drawString(empty, 16, 24);
            g.dispose();
        }
    }

    /** Letters search for a name; digits are for the keypad. */
    @Override
    public int getNextMatch(String prefix, int start, Position.Bias bias) {
        if (Character.isDigit(prefix.charAt(0))) {
            return -1;
        }
        for (int i = 0; i < rows.size(); i++) {
            int at = Math.floorMod(bias == Position.Bias.Forward ? start + i : start - i, rows.size());
            if (rows.get(at).name().regionMatches(true, 0, prefix, 0, prefix.length())) {
                return at;
            }
        }
        return -1;
    }
}
