// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import java.awt.LayoutManager;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;

/** A panel whose parts have names: for screen readers, and for tests. */
abstract class Form extends JPanel {
    private static final long serialVersionUID = 1L;

    Form(LayoutManager layout) {
        super(layout);
        setBorder(BorderFactory.createEmptyBorder(12, 12, 12, 12));
    }

    static <C extends JComponent> C named(String name, C component) {
        component.setName(name);
        component.getAccessibleContext().setAccessibleName(name);
        return component;
    }

    static JTextField field(String name, String text) {
        return named(name, new JTextField(text, 16));
    }

    static JLabel label(String text, JComponent of) {
        JLabel label = new JLabel(text);
        label.setLabelFor(of);
        return label;
    }

    static JButton button(String name, String text, Runnable action) {
        JButton button = named(name, new JButton(text));
        button.addActionListener(pressed -> action.run());
        return button;
    }

    /** Without losing what is selected where nothing has changed. */
    static <T> void show(DefaultListModel<T> model, List<T> now) {
        if (!List.of(model.toArray()).equals(now)) {
            model.clear();
            model.addAll(now);
        }
    }
}
