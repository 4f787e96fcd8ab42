package org.billingtakeover.audit.source;

import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.persistence.entity.CommentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.CommentManager;

/** Comments on tasks are in no event of the engine's history. */
final class RecordedComments extends CommentManager {

    private final RecordHistory record;

    RecordedComments(RecordHistory record) {
        this.record = record;
    }

    @Override
    public void insert(DbEntity entity) {
        super.insert(entity);
        CommentEntity comment = (CommentEntity) entity;
        if (CommentEntity.TYPE_COMMENT.equals(comment.getType())) {
            record.comment(comment);
        }
    }
}
