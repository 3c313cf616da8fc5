// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Player;
import java.awt.BorderLayout;
import java.util.Optional;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSlider;

/** Plays a message: pause, resume, seek. */
final class PlayerBar extends Parts.Surface {
    private static final long serialVersionUID = 1L;
    private static final int STEPS = 1_000;

    private final transient Phone phone;
    private final JLabel name = Parts.label("", "font: $semibold.font");
    private final JLabel state = Parts.named("player state", "Player", Parts.muted(""));
    private final JLabel time = Parts.named("player time", "Position", Parts.muted(""));
    private final JButton toggle;
    private final JSlider slider = Parts.named("player position", "Position in the message", new JSlider(0, STEPS, 0));
    private boolean moving;

    PlayerBar(Phone phone) {
        super(new BorderLayout(10, 4), Theme.SURFACE);
        this.phone = phone;
        toggle = Parts.icon(
                "pause", "Pause", Glyph.PAUSE_FILLED, () -> phone.mailbox().pauseOrResume());
        JButton close = Parts.icon(
                "stop", "Close the player", Glyph.CLOSE, () -> phone.mailbox().stop());
        JPanel line = Parts.row();
        line.add(name);
        line.add(Box.createHorizontalGlue());
        line.add(close);
        JPanel bottom = Parts.row();
        bottom.add(state);
        bottom.add(Box.createHorizontalGlue());
        bottom.add(time);
        slider.setOpaque(false);
        slider.setToolTipText("Position in the message");
        slider.addChangeListener(moved -> {
            if (!moving) {
                phone.mailbox().seek(slider.getValue() / (double) STEPS);
            }
        });
        add(line, BorderLayout.NORTH);
        add(toggle, BorderLayout.WEST);
        add(slider, BorderLayout.CENTER);
        add(bottom, BorderLayout.SOUTH);
        Parts.padded(this, 8, 14, 10, 10);
        phone.whenChanged(this::refresh);
        phone.whenTicking(this::refresh);
    }

    private void refresh() {
        Optional<Player> now = phone.mailbox().player();
        setVisible(now.isPresent());
        now.ifPresent(this::show);
    }

    private void show(Player player) {
        name.setText(player.name());
        state.setText(player.state());
        time.setText(player.position() + (player.length().isEmpty() ? "" : " / " + player.length()));
        String words = player.playing() ? "Pause" : "Play";
        toggle.setIcon(new GlyphIcon(player.playing() ? Glyph.PAUSE_FILLED : Glyph.PLAY, 18));
        toggle.setToolTipText(words);
        toggle.getAccessibleContext().setAccessibleName(words);
        if (!slider.getValueIsAdjusting()) {
            moving = true;
            slider.setValue((int) Math.round(player.fraction() * STEPS));
            moving = false;
        }
    }
}
