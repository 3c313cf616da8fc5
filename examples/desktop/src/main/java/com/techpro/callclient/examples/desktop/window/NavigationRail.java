// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.function.Consumer;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.ButtonGroup;
import javax.swing.JToggleButton;

/** The navigation between screens, at the edge of the window. */
final class NavigationRail extends Parts.Surface {
    private static final long serialVersionUID = 1L;

    private final ButtonGroup group = new ButtonGroup();

    NavigationRail(Phone phone, Runnable anotherCall, Consumer<String> show) {
        super(null, Theme.SIDE);
        setLayout(new BoxLayout(this, BoxLayout.Y_AXIS));
        Parts.padded(this, 14, 8, 14, 8);
        Entry keypad = new Entry("new call", "New call", "Keypad", Glyph.KEYPAD, 'W');
        keypad.addActionListener(pressed -> {
            keypad.setSelected(false);
            anotherCall.run();
        });
        add(keypad);
        add(Parts.gap(6));
        entry(PhonePanel.FAVORITES, "Favourites", Glyph.STAR, 'F', show).setSelected(true);
        entry(PhonePanel.HISTORY, "History", Glyph.CLOCK, 'Y', show);
        Entry voicemail = entry(PhonePanel.VOICEMAIL, "Voicemail", Glyph.VOICEMAIL, 'V', show);
        entry(PhonePanel.ROOMS, "Rooms", Glyph.PEOPLE, 'O', show);
        add(Box.createVerticalGlue());
        entry(PhonePanel.SETTINGS, "Settings", Glyph.SETTINGS, 'S', show);
        phone.whenChanged(() -> voicemail.count(phone.mailbox().unheard()));
    }

    private Entry entry(String screen, String words, Glyph glyph, char mnemonic, Consumer<String> show) {
        Entry entry = new Entry("show " + screen, words, words, glyph, mnemonic);
        entry.addActionListener(pressed -> show.accept(screen));
        group.add(entry);
        add(entry);
        add(Parts.gap(6));
        return entry;
    }

    /** An icon, a word, and the number of new items. */
    private static final class Entry extends JToggleButton {
        private static final long serialVersionUID = 1L;
        private static final Dimension SIZE = new Dimension(76, 58);

        private final transient Glyph glyph;
        private final String words;
        private final String caption;
        private int fresh;

        Entry(String name, String words, String caption, Glyph glyph, char mnemonic) {
            this.glyph = glyph;
            this.words = words;
            this.caption = caption;
            Parts.named(name, words, this);
            setToolTipText(words + " (Alt+" + mnemonic + ")");
            setMnemonic(mnemonic);
            setContentAreaFilled(false);
            setBorderPainted(false);
            setFocusPainted(false);
            setOpaque(false);
            setPreferredSize(SIZE);
            setMinimumSize(SIZE);
            setMaximumSize(SIZE);
        }

        void count(int unheard) {
            fresh = unheard;
            getAccessibleContext().setAccessibleName(unheard == 0 ? words : words + ", " + unheard + " new");
            repaint();
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            Graphics2D g = (Graphics2D) graphics.create();
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            boolean lit = isSelected() || getModel().isRollover();
            if (lit) {
                g.setColor(Theme.color(Theme.SURFACE));
                g.fillRoundRect(0, 0, getWidth(), getHeight(), 14, 14);
            }
            if (isFocusOwner()) {
                g.setColor(Theme.color(Theme.ACCENT));
                g.drawRoundRect(0, 0, getWidth() - 1, getHeight() - 1, 14, 14);
            }
            g.setColor(Theme.color(isSelected() ? Theme.ACCENT : Theme.MUTED));
            double x = (getWidth() - 22) / 2.0;
            glyph.paint(g, x, 9, 22);
            Font small = getFont().deriveFont(getFont().getSize2D() - 2);
            g.setFont(small);
            FontMetrics metrics = g.getFontMetrics();
            g.drawString(caption, (getWidth() - metrics.stringWidth(caption)) / 2f, 48f);
            if (fresh > 0) {
                badge(g, fresh > 99 ? "99+" : String.valueOf(fresh), small.deriveFont(Font.BOLD), x + 15);
            }
            g.dispose();
        }

        private static void badge(Graphics2D g, String text, Font font, double x) {
            FontMetrics metrics = g.getFontMetrics(font);
            int width = Math.max(17, metrics.stringWidth(text) + 9);
            g.setColor(Theme.color(Theme.RED));
            g.fillRoundRect((int) x, 4, width, 17, 17, 17);
            g.setColor(Color.WHITE);
            g.setFont(font);
            g.drawString(text, (float) (x + (width - metrics.stringWidth(text)) / 2.0), 16.5f);
        }
    }
}
