// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import java.util.function.Supplier;
import javax.swing.JLabel;

/** A line that says what is wrong with a device, while it is on the screen; blank if nothing is. */
final class WarningLine extends JLabel {
    private static final long serialVersionUID = 1L;
    private static final int EACH_MILLIS = 500;

    private final transient Supplier<String> words;

    WarningLine(String name, Supplier<String> words) {
        this.words = words;
        setName(name);
        setForeground(Theme.color(Theme.RED));
        update();
        Parts.whileShown(this, EACH_MILLIS, this::update);
    }

    private void update() {
        String now = words.get();
        setText(now.isEmpty() ? " " : now);
    }
}
