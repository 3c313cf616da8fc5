// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.CallCard;
import com.techpro.callclient.examples.desktop.phone.Phone;
import java.awt.BorderLayout;
import java.awt.GridBagLayout;
import java.util.Optional;
import javax.swing.Box;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** The shown call: its far end, its state, and its actions. */
final class CallPanel extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final int LARGE = 104;
    private static final int SMALL = 64;

    private final transient Phone phone;
    private final Avatar avatar = new Avatar(LARGE);
    private final JLabel name = Parts.named("call name", "Name", Parts.label("", "font: +14 $semibold.font"));
    private final JLabel number =
            Parts.named("call number", "Number", Parts.styled(new JLabel(), "font: +1; foreground: $" + Theme.MUTED));
    private final JLabel status = Parts.named("call status", "Status", Parts.styled(new JLabel(), "font: +2"));
    private final JLabel timer =
            Parts.named("call timer", "Time", Parts.styled(new JLabel(), "font: +2 $semibold.font"));
    private final JLabel lock =
            Parts.named("call lock", "Encryption", Parts.styled(new JLabel(), "foreground: $" + Theme.MUTED));
    private final QualityBars bars = new QualityBars();
    private final JLabel quality =
            Parts.named("call quality", "Sound", Parts.styled(new JLabel(), "foreground: $" + Theme.MUTED));
    private final JPanel sound = Parts.row();
    private final RoundButton mute;
    private final RoundButton hold;
    private final RoundButton keypad;
    private final RoundButton transfer;
    private final RoundButton devices;
    private final CallDrawer drawer;

    CallPanel(Phone phone) {
        super(new BorderLayout());
        this.phone = phone;
        setOpaque(false);
        drawer = new CallDrawer(phone, this::refresh);
        mute = button("mute", "Mute", Glyph.MICROPHONE, 'M')
                .doing(() -> phone.calls().muteOrUnmute());
        hold = button("hold", "Hold", Glyph.PAUSE, 'H')
                .doing(() -> phone.calls().holdOrResume());
        keypad = button("call keypad", "Keypad", Glyph.KEYPAD, 'K').doing(() -> drawer.toggle(CallDrawer.KEYPAD));
        transfer = button("transfer", "Transfer", Glyph.TRANSFER, 'T').doing(() -> drawer.toggle(CallDrawer.TRANSFER));
        devices = button("devices", "Devices", Glyph.HEADSET, 'D').doing(() -> drawer.toggle(CallDrawer.DEVICES));
        RoundButton end = new RoundButton("hangup", "End the call", "End", Glyph.HANG_UP, RoundButton.Role.RED, 58, 'E')
                .doing(() -> phone.calls().hangUp());
        JPanel buttons = Parts.row();
        for (RoundButton each : new RoundButton[] {mute, hold, keypad, transfer, devices}) {
            buttons.add(each);
            buttons.add(Parts.gap(4));
        }
        buttons.add(Parts.gap(12));
        buttons.add(end);
        JPanel card = Parts.column();
        JPanel state = state();
        Parts.align(0.5f, avatar, name, number, state, buttons, drawer);
        card.add(avatar);
        card.add(Parts.gap(16));
        card.add(name);
        card.add(Parts.gap(3));
        card.add(number);
        card.add(Parts.gap(16));
        card.add(state);
        card.add(Parts.gap(30));
        card.add(buttons);
        card.add(drawer);
        JPanel middle = Parts.plain(new GridBagLayout());
        middle.add(card);
        add(middle, BorderLayout.CENTER);
        add(new CallStrip(phone), BorderLayout.SOUTH);
        Parts.named("call", "Call", this);
        phone.whenChanged(this::refresh);
        phone.whenTicking(this::refresh);
    }

    private JPanel state() {
        JPanel first = Parts.row();
        first.add(status);
        first.add(Parts.gap(10));
        first.add(timer);
        sound.add(bars);
        sound.add(Parts.gap(4));
        sound.add(quality);
        JPanel second = Parts.row();
        second.add(lock);
        second.add(Parts.gap(18));
        second.add(sound);
        lock.setIconTextGap(6);
        JPanel both = Parts.column();
        Parts.align(0.5f, first, second);
        both.add(first);
        both.add(Parts.gap(10));
        both.add(second);
        both.add(Box.createVerticalStrut(1));
        return both;
    }

    private static RoundButton button(String name, String words, Glyph glyph, char mnemonic) {
        return new RoundButton(name, words, words, glyph, RoundButton.Role.PLAIN, 58, mnemonic);
    }

    private void refresh() {
        Optional<CallCard> shown = phone.calls().shown();
        if (shown.isEmpty()) {
            drawer.close();
        }
        shown.ifPresent(this::show);
    }

    private void show(CallCard card) {
        avatar.resize(drawer.shows(CallDrawer.NOTHING) ? LARGE : SMALL);
        avatar.show(card.name(), card.initials(), null);
        name.setText(card.name());
        number.setText(card.number().isEmpty() ? " " : card.number());
        status.setText(card.status());
        timer.setText(card.timer());
        timer.setVisible(!card.timer().isEmpty());
        lock.setVisible(card.lock() != CallCard.Lock.UNKNOWN);
        lock.setText(card.lock().word());
        lock.setToolTipText(card.lockDetail());
        lock.setIcon(
                card.lock() == CallCard.Lock.OPEN
                        ? new GlyphIcon(Glyph.LOCK_OPEN, 16, Theme.RED)
                        : new GlyphIcon(Glyph.LOCK, 16, Theme.GREEN));
        sound.setVisible(card.quality().bars() > 0);
        bars.show(card.quality());
        quality.setText(card.quality().word());
        quality.setToolTipText(card.quality().detail());
        mute.show(
                card.muted(),
                card.muted() ? "Switch the microphone on" : "Mute",
                card.muted() ? "Muted" : "Mute",
                card.muted() ? Glyph.MICROPHONE_OFF : Glyph.MICROPHONE);
        hold.show(
                card.held(),
                card.held() ? "Resume" : "Hold",
                card.held() ? "Resume" : "Hold",
                card.held() ? Glyph.PLAY : Glyph.PAUSE);
        for (RoundButton each : new RoundButton[] {hold, keypad, transfer}) {
            each.setEnabled(card.talking());
        }
        keypad.setSelected(drawer.shows(CallDrawer.KEYPAD));
        transfer.setSelected(drawer.shows(CallDrawer.TRANSFER));
        devices.setSelected(drawer.shows(CallDrawer.DEVICES));
        getAccessibleContext().setAccessibleDescription(card.sentence());
    }

    /** Closes the panel under the buttons. */
    boolean closeDrawer() {
        boolean open = !drawer.shows(CallDrawer.NOTHING);
        drawer.close();
        refresh();
        return open;
    }
}
