package org.billingtakeover.scenario;

import java.time.LocalDate;
import org.billingtakeover.account.Firm;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** What stories tell of: a firm and its clients, from March 2, 2026, on. */
abstract class Story {

    static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    @Autowired
    World world;

    Firm firm;

    @BeforeEach
    void begins() {
        world.begins(TODAY);
        firm = world.firm();
    }
}
