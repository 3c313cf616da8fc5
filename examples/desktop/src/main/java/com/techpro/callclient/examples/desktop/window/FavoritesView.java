// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.Favorites;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Words;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JTextField;
import org.jspecify.annotations.Nullable;

/** The favourites with their busy lamps: call one, or pick up its ringing call. */
final class FavoritesView extends JPanel {
    private final Phone phone;
    private final JTextField number = Parts.field("favorite number", "Number");
    private final JTextField name = Parts.field("favorite name", "Name");
    private final JPanel form;

    FavoritesView(Phone phone) {
        this.phone = phone;
        form = Parts.column(
                8,
                name,
                number,
                Parts.primary(Parts.button("add favorite", "Add favourite", 'A', this::add), name, number));
        form.setVisible(false);
        JButton plus = Parts.icon("new favorite", "New favourite", Glyph.PLUS, () -> open(!form.isVisible()));
        RowList<Favorite> list =
                new RowList<>("favorites", "Favourites", "Press + to add somebody.", this::callOrPickUp);
        Parts.side(
                this,
                Parts.column(10, Parts.title("Favourites", plus), form),
                list,
                list.button("call favorite", "Call", Glyph.HANDSET, favorite -> phone.dial(favorite.number())),
                list.button("pick up", "Pick up the call ringing there", Glyph.BELL, this::pickUp),
                Box.createHorizontalGlue(),
                list.button("remove favorite", "Remove this favourite", Glyph.TRASH, this::remove));
        phone.whenChanged(
                () -> list.show(phone.unlocked(() -> favorites().snapshot().favorites()), this::row));
    }

    private Favorites favorites() {
        return phone.client().people().favorites();
    }

    private RowList.Row<Favorite> row(Favorite favorite) {
        BusyLampSnapshot lamp = lamp(phone, favorite.number());
        boolean rings = rings(favorite);
        return new RowList.Row<>(
                favorite,
                favorite.number(),
                favorite.name().isEmpty() ? favorite.number() : favorite.name(),
                lamp == null ? "" : Words.lamp(lamp),
                favorite.name().isEmpty() ? "" : favorite.number(),
                rings ? Glyph.BELL : null,
                rings ? Theme.AMBER : Theme.MUTED,
                color(lamp));
    }

    /** Null for a number that is not a favourite, and for one that is no extension. */
    static @Nullable BusyLampSnapshot lamp(Phone phone, String number) {
        return phone.client().people().favorites().snapshot().lamps().get(number);
    }

    private boolean rings(Favorite favorite) {
        BusyLampSnapshot lamp = lamp(phone, favorite.number());
        return lamp != null && lamp.pickUpPossible();
    }

    static @Nullable String color(@Nullable BusyLampSnapshot lamp) {
        if (lamp == null) {
            return null;
        }
        return switch (lamp.state()) {
            case IDLE -> Theme.GREEN;
            case RINGING -> Theme.AMBER;
            case TALKING -> Theme.RED;
            default -> Theme.MUTED;
        };
    }

    private void callOrPickUp(Favorite favorite) {
        if (rings(favorite)) {
            pickUp(favorite);
        } else {
            phone.dial(favorite.number());
        }
    }

    private void pickUp(Favorite favorite) {
        Account account = phone.account().orElse(null);
        if (account != null && rings(favorite)) {
            account.watch(favorite.number()).addListener((lamp, now) -> {
                if (now.state() != LampState.UNKNOWN && now.state() != LampState.CLOSED) {
                    phone.begin(() -> lamp.pickUp(phone.options()), "There is no call to pick up any more.");
                    lamp.close();
                }
            });
        } else {
            phone.tellProblem("There is no call to pick up.", "Somebody has answered it, or it has ended.");
        }
    }

    private void remove(Favorite favorite) {
        phone.tellRefusal(favorites().remove(favorite.number()));
    }

    private void open(boolean visible) {
        form.setVisible(visible);
        name.requestFocusInWindow();
    }

    private void add() {
        try {
            Favorite favorite =
                    new Favorite(number.getText().strip(), name.getText().strip());
            phone.tellRefusal(favorites().add(favorite));
            number.setText("");
            name.setText("");
            open(false);
        } catch (IllegalArgumentException e) {
            phone.tellProblem("A favourite needs a number.", "Type the number, and a name if you like.");
        }
    }
}
