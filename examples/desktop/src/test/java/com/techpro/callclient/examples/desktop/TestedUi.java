// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.awt.Component;
import java.awt.Container;
import java.awt.event.ActionEvent;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JSlider;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

/** A user of a panel, who finds its parts by their names and does all on the event dispatch thread. */
final class TestedUi {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Container root;

    TestedUi(Container root) {
        this.root = root;
    }

    static <T> T onEdt(Supplier<T> question) {
        if (SwingUtilities.isEventDispatchThread()) {
            return question.get();
        }
        List<T> answer = new ArrayList<>(1);
        try {
            SwingUtilities.invokeAndWait(() -> answer.add(question.get()));
        } catch (InterruptedException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
        return answer.get(0);
    }

    /** The first that can be seen, or else the first of the name. */
    private static Optional<Component> find(Container in, String name) {
        return find(in, name, true).or(() -> find(in, name, false));
    }

    private static Optional<Component> find(Container in, String name, boolean visible) {
        for (Component each : in.getComponents()) {
            if (visible && !each.isVisible()) {
                continue;
            }
            if (name.equals(each.getName())) {
                return Optional.of(each);
            }
            Optional<Component> inside =
                    each instanceof Container container ? find(container, name, visible) : Optional.empty();
            if (inside.isPresent()) {
                return inside;
            }
        }
        return Optional.empty();
    }

    private <C> C part(String name, Class<C> type) {
        return type.cast(find(root, name).orElseThrow(() -> new AssertionError("nothing is named " + name)));
    }

    TestedUi type(String name, String text) {
        onEdt(() -> {
            part(name, JTextComponent.class).setText(text);
            return true;
        });
        return this;
    }

    /** Presses Enter in a field. */
    TestedUi enter(String field) {
        onEdt(() -> {
            part(field, JTextField.class).postActionEvent();
            return true;
        });
        return this;
    }

    TestedUi press(String name) {
        onEdt(() -> {
            part(name, AbstractButton.class).doClick(0);
            return true;
        });
        return this;
    }

    /** Drags a slider. */
    TestedUi slide(String slider, int value) {
        onEdt(() -> {
            part(slider, JSlider.class).setValue(value);
            return true;
        });
        return this;
    }

    TestedUi choose(String list, int line) {
        onEdt(() -> {
            part(list, JList.class).setSelectedIndex(line);
            return true;
        });
        return this;
    }

    TestedUi pick(String box, String item) {
        onEdt(() -> {
            part(box, JComboBox.class).setSelectedItem(item);
            return true;
        });
        return this;
    }

    TestedUi login(EmbeddedPbx pbx, String extension, String password, Path authority) {
        type("email", pbx.login(extension).user())
                .type("password", password)
                .type("server", String.valueOf(pbx.login(extension).server()))
                .type("authority", authority.toString())
                .press("login");
        return this;
    }

    /** Types a number on the keypad and calls it. */
    TestedUi dial(String number) {
        for (char digit : number.toCharArray()) {
            press("key " + digit);
        }
        return press("dial");
    }

    /** What a key of the keyboard does while the focus is on nothing that takes it. */
    TestedUi key(KeyStroke stroke) {
        return key(stroke, "phone");
    }

    TestedUi key(KeyStroke stroke, String panel) {
        onEdt(() -> {
            JComponent bound = (JComponent) find(root, panel).orElse(root);
            Object name = bound.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).get(stroke);
            if (name == null) {
                throw new AssertionError("nothing is bound to " + stroke);
            }
            bound.getActionMap().get(name).actionPerformed(new ActionEvent(bound, ActionEvent.ACTION_PERFORMED, ""));
            return true;
        });
        return this;
    }

    /** Empty for what cannot be seen. */
    String text(String label) {
        return onEdt(() -> {
            JComponent part = part(label, JComponent.class);
            String text = part instanceof JTextComponent area ? area.getText() : ((JLabel) part).getText();
            return isSeen(part) ? text : "";
        });
    }

    boolean isEnabled(String name) {
        return onEdt(() -> part(name, JComponent.class).isEnabled());
    }

    static boolean isSeen(Component part) {
        for (Component each = part; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** All inside, hidden ones too. */
    static List<JComponent> parts(Container of) {
        List<JComponent> all = new ArrayList<>();
        for (Component each : of.getComponents()) {
            if (each instanceof JComponent part) {
                all.add(part);
            }
            if (each instanceof Container inner) {
                all.addAll(parts(inner));
            }
        }
        return all;
    }

    /** Labels and buttons that are seen, and smaller than their text. */
    static List<String> cutOff(Container of) {
        return parts(of).stream()
                .filter(TestedUi::isSeen)
                .filter(part -> part instanceof JLabel || part instanceof AbstractButton || part instanceof JTextArea)
                .filter(part -> part.getWidth() < part.getPreferredSize().width
                        || part.getHeight() < part.getPreferredSize().height)
                .map(part -> part.getName() + " " + part.getSize() + " of " + part.getPreferredSize())
                .toList();
    }

    /** The letters of the buttons that are seen, 0 for none. */
    static List<Integer> mnemonics(Container of) {
        return onEdt(() -> parts(of).stream()
                .filter(TestedUi::isSeen)
                .filter(AbstractButton.class::isInstance)
                .map(part -> ((AbstractButton) part).getMnemonic())
                .toList());
    }

    /** The keypad is shown, and no call. */
    void awaitNoCall() {
        Await.until(() -> "no call", () -> text("call status").isEmpty(), LIMIT);
    }

    List<String> lines(String list) {
        return onEdt(() -> {
            JList<?> shown = part(list, JList.class);
            List<String> all = new ArrayList<>();
            for (int i = 0; i < shown.getModel().getSize(); i++) {
                all.add(sentence(shown, i));
            }
            return all;
        });
    }

    /** What a screen reader reads. */
    private static <T> String sentence(JList<T> list, int line) {
        Component drawn = list.getCellRenderer()
                .getListCellRendererComponent(list, list.getModel().getElementAt(line), line, false, false);
        return drawn.getAccessibleContext().getAccessibleName();
    }

    TestedUi awaitText(String label, String part) {
        Await.until(
                () -> label + " says " + part + ", not " + text(label),
                () -> text(label).contains(part),
                LIMIT);
        return this;
    }

    TestedUi awaitLine(String list, String part) {
        Await.until(
                () -> list + " has " + part + ", not " + lines(list),
                () -> lines(list).stream().anyMatch(line -> line.contains(part)),
                LIMIT);
        return this;
    }

    void awaitEmpty(String list) {
        Await.until(
                () -> list + " is empty, not " + lines(list), () -> lines(list).isEmpty(), LIMIT);
    }
}
