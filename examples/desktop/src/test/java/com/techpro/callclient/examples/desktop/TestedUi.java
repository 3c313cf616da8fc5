// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.awt.Component;
import java.awt.Container;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JList;
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
        List<T> answer = new ArrayList<>(1);
        try {
            SwingUtilities.invokeAndWait(() -> answer.add(question.get()));
        } catch (InterruptedException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
        return answer.get(0);
    }

    private static Optional<Component> find(Container in, String name) {
        for (Component each : in.getComponents()) {
            if (name.equals(each.getName())) {
                return Optional.of(each);
            }
            Optional<Component> inside = each instanceof Container container ? find(container, name) : Optional.empty();
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

    TestedUi press(String name) {
        onEdt(() -> {
            part(name, AbstractButton.class).doClick(0);
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

    String text(String label) {
        return onEdt(() -> part(label, JLabel.class).getText());
    }

    List<String> lines(String list) {
        return onEdt(() -> {
            JList<?> shown = part(list, JList.class);
            List<String> all = new ArrayList<>();
            for (int i = 0; i < shown.getModel().getSize(); i++) {
                all.add(String.valueOf(shown.getModel().getElementAt(i)));
            }
            return all;
        });
    }

    void awaitText(String label, String part) {
        Await.until(
                () -> label + " says " + part + ", not " + text(label),
                () -> text(label).contains(part),
                LIMIT);
    }

    void awaitLine(String list, String part) {
        Await.until(
                () -> list + " has " + part + ", not " + lines(list),
                () -> lines(list).stream().anyMatch(line -> line.contains(part)),
                LIMIT);
    }

    void awaitEmpty(String list) {
        Await.until(
                () -> list + " is empty, not " + lines(list), () -> lines(list).isEmpty(), LIMIT);
    }
}
