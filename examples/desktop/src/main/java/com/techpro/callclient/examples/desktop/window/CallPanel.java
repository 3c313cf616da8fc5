// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.SoundLevel;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Words;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import java.awt.BorderLayout;
import java.awt.GridLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JTextField;
import javax.swing.JToggleButton;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/** The shown call: its far end, its state, and its actions. */
final class CallPanel extends JPanel {
    private static final String KEYS = "0123456789*#";
    private static final int LARGE = 104;
    private static final int SMALL = 64;

    private final Phone phone;
    private final JLabel avatar = Parts.centredLabel("picture", "Picture", "large");
    private final JLabel name = Parts.centredLabel("call name", "Name", "h1");
    private final JLabel number = Parts.centredLabel("call number", "Number", "muted");
    private final JLabel status = Parts.named("call status", "Status", Parts.label("", "large"));
    private final JLabel timer = Parts.named("call timer", "Time", Parts.label("", "large semibold"));
    private final JLabel lock = Parts.named("call lock", "Encryption", Parts.label("", "muted"));
    private final JLabel quality = Parts.named("call quality", "Sound", Parts.label("", "muted"));
    private final JToggleButton hold;
    private final JToggleButton keypad;
    private final JToggleButton transfer;
    private final JToggleButton devices;
    private final JTextField target = Parts.field("transfer number", "Number to transfer to");
    private final JPanel drawer = Parts.centred(Box.createVerticalBox());
    private final JPanel waiting = Parts.padded(new JPanel(new BorderLayout()), 0, 14, 14, 14);
    private List<String> shownWaiting = List.of();
    private @Nullable JToggleButton open;

    CallPanel(Phone phone) {
        super(new BorderLayout());
        this.phone = phone;
        setOpaque(false);
        hold = button("hold", "Hold", Glyph.PAUSE, 'H', this::holdOrResume);
        keypad = button("call keypad", "Keypad", Glyph.KEYPAD, 'K', this::toggleKeypad);
        transfer = button("transfer", "Transfer", Glyph.TRANSFER, 'T', this::toggleTransfer);
        devices = button("devices", "Devices", Glyph.HEADSET, 'D', this::toggleDevices);
        JPanel buttons = new JPanel(new GridLayout(1, 0, 6, 0));
        buttons.setOpaque(false);
        Stream.of(mute("mute", phone), hold, keypad, transfer, devices, end("hangup", phone))
                .forEach(buttons::add);
        target.addActionListener(pressed -> transferNow());
        add(
                Parts.centred(Parts.column(
                        12,
                        avatar,
                        name,
                        number,
                        Parts.centred(Parts.row(10, status, timer)),
                        Parts.centred(Parts.row(18, lock, quality)),
                        Parts.padded(buttons, 18, 0, 10, 0),
                        drawer)),
                BorderLayout.CENTER);
        waiting.setOpaque(false);
        add(waiting, BorderLayout.SOUTH);
        Parts.named("call", "Call", this);
        phone.whenChanged(this::refresh);
    }

    private static JToggleButton button(String name, String words, Glyph glyph, char mnemonic, Runnable action) {
        return Parts.toggle(name, words, glyph, mnemonic, "tile", action);
    }

    /** Mutes the call on the screen. */
    static JToggleButton mute(String name, Phone phone) {
        JToggleButton mute = button(
                name,
                "Mute",
                Glyph.MICROPHONE,
                'M',
                () -> phone.command(call -> call.setMuted(!call.snapshot().muted())));
        phone.whenChanged(() -> {
            boolean muted = phone.shown().map(call -> call.snapshot().muted()).orElse(false);
            mute.setSelected(muted);
            mute.setText(muted ? "Muted" : "Mute");
            Parts.reword(
                    mute,
                    muted ? "Switch the microphone on" : "Mute",
                    muted ? Glyph.MICROPHONE_OFF : Glyph.MICROPHONE,
                    22);
        });
        return mute;
    }

    /** Ends the call on the screen. */
    static JButton end(String name, Phone phone) {
        JButton end = Parts.tile(
                name, "End", Glyph.HANG_UP, 'E', "red", () -> phone.shown().ifPresent(Call::hangUp));
        Parts.reword(end, "End the call", Glyph.HANG_UP, 22);
        return end;
    }

    private void holdOrResume() {
        phone.command(call -> call.snapshot().hold().isLocal() ? call.resume() : call.hold());
    }

    /** A key on the keypad or the keyboard, as DTMF. */
    void press(char key) {
        if (KEYS.indexOf(key) >= 0) {
            phone.command(call -> call.sendDtmf(String.valueOf(key)));
        }
    }

    private void refresh() {
        Optional<Call> shown = phone.shown();
        shown.ifPresentOrElse(this::show, this::closeDrawer);
        showWaiting(phone.calls().stream()
                .filter(call -> !shown.equals(Optional.of(call)))
                .toList());
    }

    private void show(Call call) {
        CallSnapshot now = call.snapshot();
        boolean sounds = phone.sounds(call);
        boolean talking = now.state() == CallState.ESTABLISHED;
        boolean held = now.hold().isLocal();
        CallQuality measured = sounds && now.hold() == HoldState.NONE ? now.quality() : null;
        avatar.setIcon(new Avatar(open == null ? LARGE : SMALL, Words.name(now.caller()), null));
        name.setText(Words.name(now.caller()));
        number.setText(Words.number(now.caller()) + " ");
        status.setText(Words.status(now, sounds));
        timer.setText(Words.timer(now, phone.clock()));
        lock.setText(Words.encryption(now));
        lock.setToolTipText(Words.cipher(now));
        lock.setIcon(
                !now.codecAgreed()
                        ? null
                        : now.encrypted() ? Glyph.LOCK.icon(16, Theme.GREEN) : Glyph.LOCK_OPEN.icon(16, Theme.RED));
        quality.setText(measured == null ? "" : "Sound: " + Words.quality(measured));
        quality.setToolTipText(measured == null ? null : Words.measurement(measured));
        hold.setText(held ? "Resume" : "Hold");
        Parts.reword(hold, hold.getText(), held ? Glyph.PLAY : Glyph.PAUSE, 22);
        hold.setSelected(held);
        for (JToggleButton each : new JToggleButton[] {keypad, transfer, devices}) {
            each.setSelected(each == open);
            each.setEnabled(talking || each == devices);
        }
        hold.setEnabled(talking);
        getAccessibleContext()
                .setAccessibleDescription(Stream.of(name, status, timer, lock, quality)
                        .map(JLabel::getText)
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(", ")));
    }

    // --- What opens under the buttons

    private void toggle(JToggleButton button, JComponent content) {
        boolean opens = open != button;
        closeDrawer();
        if (opens) {
            open = button;
            drawer.add(content);
            // Components that are not in a window do not notice a change of the theme.
            SwingUtilities.updateComponentTreeUI(drawer);
        }
        phone.changed();
    }

    void closeDrawer() {
        open = null;
        drawer.removeAll();
        drawer.revalidate();
        drawer.repaint();
    }

    private void toggleKeypad() {
        toggle(keypad, Parts.keypad(46, this::press));
    }

    private void toggleTransfer() {
        JButton now = Parts.primary(Parts.button("transfer now", "Transfer", 'R', this::transferNow));
        List<JComponent> lines = new ArrayList<>(List.of(Parts.row(8, Parts.sized(target, 260, 38), now)));
        phone.calls().stream()
                .filter(call -> !phone.shown().equals(Optional.of(call)))
                .forEach(call -> lines.add(connect(call)));
        toggle(transfer, Parts.column(8, lines.toArray(JComponent[]::new)));
        target.requestFocusInWindow();
    }

    /** Connects the far ends of two calls. */
    private JButton connect(Call other) {
        String who = Words.name(other.snapshot().caller());
        return Parts.button("connect with " + who, "Connect with " + who, '\0', () -> {
            closeDrawer();
            transfer(call -> call.transferTo(other));
        });
    }

    private void transferNow() {
        String number = target.getText().strip();
        target.setText("");
        closeDrawer();
        try {
            transfer(call -> call.transfer(number));
        } catch (IllegalArgumentException e) {
            phone.tellProblem("The call cannot be transferred there.", "Type the number to transfer to.");
        }
        phone.changed();
    }

    private void transfer(Function<Call, CompletionStage<TransferOutcome>> transfer) {
        phone.shown().ifPresent(call -> {
            var unused = transfer.apply(call).thenAccept(outcome -> {
                if (outcome instanceof TransferOutcome.Failed failed) {
                    phone.tellProblem(
                            "The call was not transferred.", failed.failure().advice());
                }
            });
        });
    }

    private void toggleDevices() {
        JLabel warning = Parts.named("microphone warning", "Microphone", Parts.label(" ", "problem"));
        JPanel column = Parts.column(
                8,
                Parts.labelled("Microphone", DeviceBox.ofCalls("call microphone", Direction.CAPTURE, phone)),
                level(AudioLevels::microphone),
                warning,
                Parts.labelled("Loudspeaker", DeviceBox.ofCalls("call speaker", Direction.PLAYBACK, phone)),
                level(AudioLevels::speaker));
        Parts.whileShown(
                warning,
                500,
                () -> warning.setText(levels().warnings().stream()
                        .sorted()
                        .findFirst()
                        .map(Words::warning)
                        .orElse(" ")));
        toggle(devices, column);
    }

    private AudioLevels levels() {
        return phone.shown().map(Call::audioLevels).orElse(AudioLevels.NONE);
    }

    private JProgressBar level(Function<AudioLevels, @Nullable SoundLevel> of) {
        JProgressBar bar = new JProgressBar(-60, 0); // dBFS
        Parts.whileShown(bar, 100, () -> {
            SoundLevel now = of.apply(levels());
            bar.setValue(now == null ? bar.getMinimum() : (int) now.rms());
        });
        return bar;
    }

    // --- The calls that wait while the user talks in another

    private void showWaiting(List<Call> calls) {
        List<String> now = calls.stream()
                .map(call -> call.id() + Words.status(call.snapshot(), true))
                .toList();
        if (now.equals(shownWaiting)) {
            return;
        }
        shownWaiting = now;
        waiting.removeAll();
        waiting.add(Parts.column(6, calls.stream().map(this::line).toArray(JComponent[]::new)));
        waiting.revalidate();
    }

    private JComponent line(Call call) {
        String who = Words.name(call.snapshot().caller());
        JLabel name = new JLabel(who, new Avatar(30, who, null), JLabel.LEADING);
        JButton swap = Parts.icon("swap " + who, "Talk to " + who, Glyph.SWAP, () -> phone.bringToFront(call));
        JLabel status = Parts.label(Words.status(call.snapshot(), true), "muted");
        JPanel line = Parts.styled(new JPanel(new BorderLayout(10, 0)), "surface");
        line.add(Parts.row(10, Parts.named("waiting call", who, name), status), BorderLayout.WEST);
        line.add(swap, BorderLayout.EAST);
        return Parts.padded(line, 8, 14, 8, 10);
    }
}
