/* Marks parts of a picture by drawing over them. The numbers in the fields are what is sent; without this they are typed. */
(() => {
    const SIDES = ['left', 'top', 'width', 'height'];

    class BlockOut extends window.StimulusModule.Controller {
        static targets = ['frame', 'rows', 'row', 'blank', 'scripted', 'plain'];

        static values = { most: Number };

        connect() {
            this.frameTarget.classList.add('nums-block-out__frame--drawing');
            this.draw();
        }

        scriptedTargetConnected(element) {
            element.hidden = false;
        }

        plainTargetConnected(element) {
            element.hidden = true;
        }

        begin(event) {
            if (event.button !== 0) return;
            event.preventDefault();
            this.frameTarget.setPointerCapture(event.pointerId);
            this.from = this.place(event);
            this.box = this.show(0, 0, 0, 0);
            this.stretch(event);
        }

        stretch(event) {
            if (!this.box) return;
            const to = this.place(event);
            this.part = [
                Math.min(this.from.x, to.x),
                Math.min(this.from.y, to.y),
                Math.abs(this.from.x - to.x),
                Math.abs(this.from.y - to.y),
            ];
            this.move(this.box, ...this.part);
        }

        end(event) {
            if (!this.box) return;
            this.stretch(event);
            const part = this.part;
            this.cancel();
            if (part[2] < 0.3 || part[3] < 0.3) return;
            const row = this.emptyRow() || this.add();
            if (!row) return;
            const rounded = this.outwards(...part);
            this.fields(row).forEach((field, index) => {
                field.value = rounded[index].toFixed(1);
            });
            this.draw();
        }

        /* To a tenth of a percent, never less than was drawn. */
        outwards(left, top, width, height) {
            const from = [left, top].map((side) => Math.floor(side * 10) / 10);
            const to = [left + width, top + height].map((side) => Math.min(100, Math.ceil(side * 10) / 10));
            return [...from, to[0] - from[0], to[1] - from[1]];
        }

        cancel() {
            if (this.box) this.box.remove();
            this.box = null;
        }

        clear(event) {
            this.fields(event.target.closest('li')).forEach((field) => {
                field.value = '';
            });
            this.draw();
        }

        add() {
            const total = this.element.querySelector('[name="part-TOTAL_FORMS"]');
            const count = Number(total.value);
            if (count >= this.mostValue) return null;
            const row = this.blankTarget.content.querySelector('li').cloneNode(true);
            row.innerHTML = row.innerHTML.replaceAll('__prefix__', String(count));
            this.rowsTarget.append(row);
            total.value = String(count + 1);
            return row;
        }

        draw() {
            this.frameTarget.querySelectorAll('.nums-block-out__part').forEach((box) => box.remove());
            this.rowTargets.forEach((row) => {
                const numbers = this.fields(row).map((field) => Number.parseFloat(field.value));
                if (numbers.every(Number.isFinite)) this.show(...numbers);
            });
        }

        emptyRow() {
            return this.rowTargets.find((row) => this.fields(row).every((field) => field.value === ''));
        }

        fields(row) {
            return SIDES.map((side) => row.querySelector(`[name$="-${side}"]`));
        }

        place(event) {
            const frame = this.frameTarget.querySelector('img').getBoundingClientRect();
            const within = (share) => Math.min(100, Math.max(0, share * 100));
            return {
                x: within((event.clientX - frame.left) / frame.width),
                y: within((event.clientY - frame.top) / frame.height),
            };
        }

        show(left, top, width, height) {
            const box = document.createElement('div');
            box.className = 'nums-block-out__part';
            this.frameTarget.append(box);
            this.move(box, left, top, width, height);
            return box;
        }

        move(box, left, top, width, height) {
            box.style.left = `${left}%`;
            box.style.top = `${top}%`;
            box.style.width = `${Math.min(width, 100 - left)}%`;
            box.style.height = `${Math.min(height, 100 - top)}%`;
        }
    }

    window.wagtail.app.register('nums-block-out', BlockOut);
})();
