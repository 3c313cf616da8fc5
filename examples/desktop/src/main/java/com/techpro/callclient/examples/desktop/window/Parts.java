// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.formdev.flatlaf.FlatClientProperties;
import java.awt.Color;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.LayoutManager;
import java.awt.event.HierarchyEvent;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.ScrollPaneConstants;
import javax.swing.Timer;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;

/** Components shared by all screens. Each has a name for tests, and a text for screen readers. */
final class Parts {
    /** The style of a choice box. */
    static final String BOX = "padding: 5,8,5,8";

    private Parts() {}

    /** A panel on one of the theme's colours. */
    static class Surface extends JPanel {
        private static final long serialVersionUID = 1L;

        private final String color;

        Surface(@Nullable LayoutManager layout, String color) {
            super(layout);
            this.color = color;
        }

        @Override
        public Color getBackground() {
            Color now = color == null ? null : UIManager.getColor(color);
            return now == null ? super.getBackground() : now;
        }
    }

    static <C extends JComponent> C named(String name, String spoken, C component) {
        component.setName(name);
        component.getAccessibleContext().setAccessibleName(spoken);
        return component;
    }

    static JPanel plain(@Nullable LayoutManager layout) {
        JPanel panel = new JPanel(layout);
        panel.setOpaque(false);
        return panel;
    }

    static JPanel column() {
        JPanel panel = plain(null);
        panel.setLayout(new BoxLayout(panel, BoxLayout.Y_AXIS));
        return panel;
    }

    static JPanel row() {
        JPanel panel = plain(null);
        panel.setLayout(new BoxLayout(panel, BoxLayout.X_AXIS));
        return panel;
    }

    static Component gap(int size) {
        JComponent area = (JComponent) Box.createRigidArea(new Dimension(size, size));
        area.setAlignmentX(0);
        return area;
    }

    static <C extends JComponent> C padded(C component, int top, int left, int bottom, int right) {
        component.setBorder(BorderFactory.createEmptyBorder(top, left, bottom, right));
        return component;
    }

    /** @param style FlatLaf's, such as {@code font: +4 $semibold.font} */
    static <C extends JComponent> C styled(C component, String style) {
        component.putClientProperty(FlatClientProperties.STYLE, style);
        return component;
    }

    static JLabel label(String text, String style) {
        return styled(new JLabel(text), style);
    }

    /** Less important, in the muted colour. */
    static JLabel muted(String text) {
        return styled(new JLabel(text), "foreground: $" + Theme.MUTED);
    }

    /**
     * As wide as its column: on a high-resolution screen small text needs more than its preferred
     * width.
     */
    static <C extends JComponent> C wide(C component) {
        component.setMaximumSize(new Dimension(Integer.MAX_VALUE, component.getPreferredSize().height));
        return component;
    }

    static JLabel of(String text, JComponent what) {
        JLabel label = styled(new JLabel(text), "foreground: $" + Theme.MUTED + "; font: -1");
        label.setLabelFor(what);
        return label;
    }

    static JTextField field(String name, String spoken) {
        return prepared(named(name, spoken, new JTextField(16)), spoken);
    }

    static <F extends JTextField> F prepared(F field, String hint) {
        field.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, hint);
        return styled(field, "margin: 6,8,6,8");
    }

    static JButton button(String name, String text, char mnemonic, Runnable action) {
        JButton button = named(name, text, new JButton(text));
        button.setMnemonic(mnemonic);
        button.addActionListener(pressed -> action.run());
        return styled(button, "margin: 6,14,6,14");
    }

    /** The default button of a form, and what Enter does in its fields. */
    static JButton primary(JButton button, JTextField... fields) {
        for (JTextField field : fields) {
            field.addActionListener(pressed -> button.doClick());
        }
        return styled(
                button,
                "margin: 8,14,8,14; background: $" + Theme.ACCENT
                        + "; foreground: #fff; borderWidth: 0; focusedBackground: $" + Theme.ACCENT
                        + "; hoverBackground: $" + Theme.ACCENT + "; font: $semibold.font");
    }

    /** A small icon button; its action is its tooltip and its name. */
    static JButton icon(String name, String words, Glyph glyph, Runnable action) {
        JButton button = named(name, words, new JButton(new GlyphIcon(glyph, 18)));
        button.setToolTipText(words);
        button.addActionListener(pressed -> action.run());
        button.putClientProperty(FlatClientProperties.BUTTON_TYPE, FlatClientProperties.BUTTON_TYPE_TOOLBAR_BUTTON);
        return styled(button, "foreground: $" + Theme.MUTED + "; margin: 5,5,5,5");
    }

    static JScrollPane scrolling(JComponent content) {
        JScrollPane pane = new JScrollPane(
                content,
                ScrollPaneConstants.VERTICAL_SCROLLBAR_AS_NEEDED,
                ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        pane.setBorder(BorderFactory.createEmptyBorder());
        pane.setOpaque(false);
        pane.getViewport().setOpaque(false);
        return pane;
    }

    /** Runs a task again and again while a component is on the screen. */
    static void whileShown(JComponent component, int eachMillis, Runnable task) {
        Timer timer = new Timer(eachMillis, tick -> task.run());
        component.addHierarchyListener(change -> {
            if ((change.getChangeFlags() & HierarchyEvent.DISPLAYABILITY_CHANGED) != 0) {
                if (component.isDisplayable()) {
                    timer.start();
                } else {
                    timer.stop();
                }
            }
        });
    }

    /** A horizontal line, in the theme's colour. */
    static JComponent line() {
        JComponent line = new JComponent() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void paintComponent(Graphics g) {
                g.setColor(Theme.color(Theme.LINE));
                g.fillRect(0, 0, getWidth(), getHeight());
            }
        };
        line.setPreferredSize(new Dimension(1, 1));
        line.setMaximumSize(new Dimension(Integer.MAX_VALUE, 1));
        return line;
    }

    static void align(float alignment, JComponent... parts) {
        for (JComponent part : parts) {
            part.setAlignmentX(alignment);
        }
    }
}
