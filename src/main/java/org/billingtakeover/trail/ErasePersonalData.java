package org.billingtakeover.trail;

import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Forgets what the trail of an ended case says of people. The trail still proves that nothing else was changed. */
@Component
public class ErasePersonalData {

    private final PersonalValues values;
    private final Trail trail;

    ErasePersonalData(PersonalValues values, Trail trail) {
        this.values = values;
        this.trail = trail;
    }

    /**
     * @param actor who decided it
     * @return how many values are gone
     * @throws org.springframework.dao.DataAccessException if the case is still open
     */
    @Transactional
    public int of(String key, String actor) {
        int erased = values.erase(key);
        if (erased > 0) {
            trail.record(new Fact(key, actor, VerifyTrail.ERASED, Map.of("values", erased)));
        }
        return erased;
    }
}
