// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.formdev.flatlaf.FlatClientProperties;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.GridLayout;
import java.awt.Insets;
import java.awt.event.ActionEvent;
import java.awt.event.HierarchyEvent;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.AbstractButton;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.KeyStroke;
import javax.swing.ScrollPaneConstants;
import javax.swing.SwingConstants;
import javax.swing.Timer;

/** Components shared by all screens. Each has a name for tests, and a text for screen readers. */
final class Parts {
    private static final String KEYS = "123456789*0#";
    private static final String[] LETTERS = {"", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ", "", "+", ""};

    private Parts() {}

    static <C extends JComponent> C named(String name, String spoken, C component) {
        component.setName(name);
        component.getAccessibleContext().setAccessibleName(spoken);
        return component;
    }

    /** @param style classes of FlatLaf.properties or of FlatLaf itself, such as {@code h3} */
    static <C extends JComponent> C styled(C component, String style) {
        component.putClientProperty(FlatClientProperties.STYLE_CLASS, style);
        return component;
    }

    static <C extends JComponent> C padded(C component, int top, int left, int bottom, int right) {
        component.setBorder(BorderFactory.createEmptyBorder(top, left, bottom, right));
        return component;
    }

    static <C extends JComponent> C sized(C component, int width, int height) {
        component.setPreferredSize(new Dimension(width, height));
        return component;
    }

    // --- Layout

    /** Parts below each other, all as wide as the widest. */
    static JPanel column(int gap, JComponent... parts) {
        JPanel column = new JPanel(new GridBagLayout());
        column.setOpaque(false);
        GridBagConstraints line = new GridBagConstraints();
        line.gridx = 0;
        line.weightx = 1;
        line.fill = GridBagConstraints.HORIZONTAL;
        for (JComponent part : parts) {
            column.add(part, line);
            line.insets = new Insets(gap, 0, 0, 0);
        }
        return column;
    }

    /** Parts beside each other. */
    static Box row(int gap, Component... parts) {
        Box row = Box.createHorizontalBox();
        for (Component part : parts) {
            if (row.getComponentCount() > 0) {
                row.add(Box.createHorizontalStrut(gap));
            }
            row.add(part);
        }
        return row;
    }

    /** A part in the middle of the room that there is, in its preferred size. */
    static JPanel centred(JComponent part) {
        JPanel room = new JPanel(new GridBagLayout());
        room.setOpaque(false);
        room.add(part);
        return room;
    }

    /** A part at the left of what takes the rest of the room. */
    static JPanel beside(int gap, JComponent left, JComponent rest) {
        JPanel panel = new JPanel(new BorderLayout(gap, 0));
        panel.add(left, BorderLayout.WEST);
        panel.add(rest, BorderLayout.CENTER);
        return panel;
    }

    /** A part above what takes the rest of the room. */
    static JPanel above(JComponent top, JComponent rest) {
        JPanel panel = new JPanel(new BorderLayout());
        panel.add(top, BorderLayout.NORTH);
        panel.add(rest, BorderLayout.CENTER);
        return panel;
    }

    /** A screen at the side: what is above its list, the list, and actions on the chosen line. */
    static void side(JPanel screen, JComponent above, JComponent list, Component... actions) {
        styled(screen, "side").setLayout(new BorderLayout());
        screen.add(padded(above, 18, 16, 10, 16), BorderLayout.NORTH);
        screen.add(scrolling(list), BorderLayout.CENTER);
        screen.add(padded(row(4, actions), 6, 10, 6, 10), BorderLayout.SOUTH);
    }

    /** The title of such a screen, and what is at the end of its line. */
    static Box title(String title, Component... end) {
        return row(0, label(title, "h2"), Box.createHorizontalGlue(), row(0, end));
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

    // --- Text

    static JLabel label(String text, String style) {
        return styled(new JLabel(text), style);
    }

    static JLabel centredLabel(String name, String spoken, String style) {
        JLabel label = named(name, spoken, label(" ", style));
        label.setHorizontalAlignment(SwingConstants.CENTER);
        return label;
    }

    /** A field or a choice below its label. */
    static JPanel labelled(String text, JComponent what) {
        return column(4, of(text, what), what);
    }

    static JLabel of(String text, JComponent what) {
        JLabel label = label(text, "caption");
        label.setLabelFor(what);
        return label;
    }

    static JTextField field(String name, String spoken) {
        return hinted(named(name, spoken, new JTextField()), spoken);
    }

    static JPasswordField secret(String name, String spoken) {
        return hinted(named(name, spoken, new JPasswordField()), spoken);
    }

    static <F extends JTextField> F hinted(F field, String hint) {
        field.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, hint);
        return field;
    }

    // --- Buttons

    static JButton button(String name, String text, char mnemonic, Runnable action) {
        JButton button = named(name, text, new JButton(text));
        button.setMnemonic(mnemonic);
        button.addActionListener(pressed -> action.run());
        return button;
    }

    /** Changes the text of a button. */
    static void retitle(AbstractButton button, String text) {
        button.setText(text);
        button.getAccessibleContext().setAccessibleName(text);
    }

    /** The default button of a form, and what Enter does in its fields. */
    static JButton primary(JButton button, JTextField... fields) {
        for (JTextField field : fields) {
            field.addActionListener(pressed -> button.doClick());
        }
        return styled(button, "primary");
    }

    /** A small icon button; its action is its tooltip and its name. */
    static JButton icon(String name, String words, Glyph glyph, Runnable action) {
        JButton button = named(name, words, new JButton(glyph.icon(18)));
        button.setToolTipText(words);
        button.addActionListener(pressed -> action.run());
        return styled(button, "icon");
    }

    /** A large button with an icon above its text. */
    static JButton tile(String name, String words, Glyph glyph, char mnemonic, String style, Runnable action) {
        return tile(named(name, words, new JButton(words)), glyph, mnemonic, style, action);
    }

    /** The same for what can be on or off. */
    static JToggleButton toggle(String name, String words, Glyph glyph, char mnemonic, String style, Runnable action) {
        return tile(named(name, words, new JToggleButton(words)), glyph, mnemonic, style, action);
    }

    private static <B extends AbstractButton> B tile(
            B button, Glyph glyph, char mnemonic, String style, Runnable action) {
        button.setMnemonic(mnemonic);
        reword(button, button.getText(), glyph, 22);
        button.setVerticalTextPosition(SwingConstants.BOTTOM);
        button.setHorizontalTextPosition(SwingConstants.CENTER);
        button.setDisplayedMnemonicIndex(-1);
        button.addActionListener(pressed -> action.run());
        return styled(button, style);
    }

    /** Twelve keys, with the letters of ITU-T E.161. */
    static JPanel keypad(int size, Consumer<Character> action) {
        JPanel keypad = new JPanel(new GridLayout(4, 3, 12, 8));
        keypad.setOpaque(false);
        for (int i = 0; i < KEYS.length(); i++) {
            char key = KEYS.charAt(i);
            String spoken = key == '*' ? "Star" : key == '#' ? "Hash" : String.valueOf(key);
            JButton button = new JButton("<html><center><font size=5>" + key + "</font><br><font size=2>" + LETTERS[i]);
            named("key " + key, LETTERS[i].isEmpty() ? spoken : spoken + ", letters " + LETTERS[i], button);
            button.setToolTipText("Key " + spoken);
            button.addActionListener(pressed -> action.accept(key));
            keypad.add(sized(styled(button, "key"), size, size));
        }
        return named("keypad", "Keypad", keypad);
    }

    /** Changes what a button shows and does. */
    static void reword(AbstractButton button, String words, Glyph glyph, int size) {
        button.setIcon(glyph.icon(size));
        button.getAccessibleContext().setAccessibleName(words);
        button.setToolTipText(button.getMnemonic() == 0 ? words : words + " (Alt+" + (char) button.getMnemonic() + ")");
    }

    // --- Keys and time

    /** Binds a key in the whole window, unless the focused component uses it, as a text field does. */
    static void bind(JComponent window, KeyStroke stroke, Runnable action) {
        window.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).put(stroke, stroke.toString());
        window.getActionMap().put(stroke.toString(), action(action));
    }

    static AbstractAction action(Runnable action) {
        return new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent pressed) {
                action.run();
            }
        };
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
}
